import dbus
bus = dbus.SessionBus()
o = bus.get_object('org.freedesktop.Notifications', '/org/freedesktop/Notifications')
dbus.Interface(o, 'org.freedesktop.Notifications').Notify('a', 0, '', 'b', 'c', [], {}, 0)
