from gi.repository import Gio,GLib
b=Gio.bus_get_sync(Gio.BusType.SESSION,None)
b.call_sync('org.freedesktop.Notifications','/org/freedesktop/Notifications','org.freedesktop.Notifications','Notify',GLib.Variant('(susssasa{sv}i)',('a',0,'','b','c',[],{},5000)),None,0,-1,None)
