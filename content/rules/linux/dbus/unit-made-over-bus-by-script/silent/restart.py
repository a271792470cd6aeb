import dbus
bus = dbus.SystemBus()
manager = dbus.Interface(bus.get_object("org.freedesktop.systemd1", "/org/freedesktop/systemd1"), "org.freedesktop.systemd1.Manager")
manager.RestartUnit("app.service", "replace")
