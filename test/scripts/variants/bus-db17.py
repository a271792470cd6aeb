import dbus
o=dbus.SystemBus().get_object('org.freedesktop.systemd1','/org/freedesktop/systemd1')
o.get_dbus_method('StartTransientUnit','org.freedesktop.systemd1.Manager')('a','fail',[],[])
