import dbus
a=dbus.SystemBus().get_object('org.freedesktop.Accounts','/org/freedesktop/Accounts')
a.CreateUser('x','x',1,dbus_interface='org.freedesktop.Accounts')
