from dbus_fast.aio import MessageBus
from dbus_fast import Message,BusType
async def f():
    b=await MessageBus(bus_type=BusType.SYSTEM).connect()
    await b.call(Message(destination='org.freedesktop.systemd1',path='/org/freedesktop/systemd1',interface='org.freedesktop.systemd1.Manager',member='StartTransientUnit'))
