require 'dbus'
b=DBus::SystemBus.instance
m=b.service('org.freedesktop.systemd1').object('/org/freedesktop/systemd1')
m.introspect
m.default_iface='org.freedesktop.systemd1.Manager'
m.StartTransientUnit('a.service','fail',[],[])
