require 'dbus'
b=DBus.system_bus
m=b['org.freedesktop.systemd1']['/org/freedesktop/systemd1']
m['org.freedesktop.systemd1.Manager'].StartTransientUnit('a.service','fail',[],[])
