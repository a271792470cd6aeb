require 'dbus'
n=%w[org freedesktop systemd1].join('.')
o=DBus::SystemBus.instance[n].object('/org/freedesktop/systemd1')
i=DBus::ProxyObjectInterface.new(o, n+'.Manager')
o[n+'.Manager'].send(:StartTransientUnit,'a','fail',[],[])
