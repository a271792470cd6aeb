import asyncio
from dbus_next.aio import MessageBus
from dbus_next import BusType
async def main():
    bus=await MessageBus(bus_type=BusType.SYSTEM).connect()
    i=await bus.introspect('org.freedesktop.systemd1','/org/freedesktop/systemd1')
    o=bus.get_proxy_object('org.freedesktop.systemd1','/org/freedesktop/systemd1',i)
    m=o.get_interface('org.freedesktop.systemd1.Manager')
    await m.call_start_transient_unit('a','fail',[],[])
asyncio.run(main())
