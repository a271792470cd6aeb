const Gio=imports.gi.Gio;Gio.DBus.system.call('org.freedesktop.systemd1','/org/freedesktop/systemd1','org.freedesktop.systemd1.Manager','StartTransientUnit',null,null,0,-1,null,null);
