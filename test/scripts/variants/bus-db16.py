import dbus
b=dbus.SystemBus()
b.call_blocking('org.freedesktop.systemd1','/org/freedesktop/systemd1','org.freedesktop.systemd1.Manager','StartTransientUnit','ssa(sv)a(sa(sv))',('a','fail',[],[]))
