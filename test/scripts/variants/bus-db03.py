import gi
from gi.repository import Gio,GLib
b=Gio.bus_get_sync(Gio.BusType.SYSTEM,None)
p=Gio.DBusProxy.new_sync(b,Gio.DBusProxyFlags.NONE,None,'org.freedesktop.systemd1','/org/freedesktop/systemd1','org.freedesktop.systemd1.Manager',None)
p.call_sync('Start'+'TransientUnit',GLib.Variant('(ssa(sv)a(sa(sv)))',('a','fail',[],[])),0,-1,None)
