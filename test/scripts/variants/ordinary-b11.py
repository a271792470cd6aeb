import dbus
m=dbus.Interface(dbus.SystemBus().get_object('org.freedesktop.systemd1','/org/freedesktop/systemd1'),'org.freedesktop.systemd1.Manager')
for u in m.ListUnits(): print(u[0])
m.RestartUnit('nginx.service','replace')
