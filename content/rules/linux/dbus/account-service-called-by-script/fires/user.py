import dbus
bus = dbus.SystemBus()
o = bus.get_object('org.freedesktop.Accounts', '/org/freedesktop/Accounts')
i = dbus.Interface(o, 'org.freedesktop.Accounts')
i.CreateUser('adm', 'adm', 1)
