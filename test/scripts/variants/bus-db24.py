from pydbus import SystemBus
with SystemBus() as b:
    s=b.get('org.freedesktop.systemd1','/org/freedesktop/systemd1')
    s['org.freedesktop.systemd1.Manager'].StartTransientUnit('a','fail',[],[])
