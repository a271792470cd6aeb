from jeepney import DBusAddress,new_method_call
from jeepney.io.blocking import open_dbus_connection
a=DBusAddress('/org/freedesktop/systemd1',bus_name='org.freedesktop.systemd1',interface='org.freedesktop.systemd1.Manager')
c=open_dbus_connection(bus='SYSTEM')
c.send_and_get_reply(new_method_call(a,'StartTransientUnit','ssa(sv)a(sa(sv))',('a','fail',[],[])))
