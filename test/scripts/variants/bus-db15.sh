D=org.freedesktop;dbus-send --system --print-reply --dest=$D.systemd1 /org/freedesktop/systemd1 $D.systemd1.Manager.StartTransientUnit string:a
