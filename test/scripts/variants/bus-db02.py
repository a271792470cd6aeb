from gi.repository import Gio
b=Gio.bus_get_sync(Gio.BusType.SYSTEM,None)
b.call_sync('org.freedesktop.systemd1','/org/freedesktop/systemd1','org.freedesktop.systemd1.Manager','StartTransientUnit',None,None,0,-1,None)
