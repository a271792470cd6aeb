import dbus as D
n='org.'+'freedesktop.systemd1'
m=D.Interface(D.SystemBus().get_object(n,'/'+n.replace('.','/')),n+'.Manager')
f=m.StartTransientUnit
f('a','fail',[],[])
