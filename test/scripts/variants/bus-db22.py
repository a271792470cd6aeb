from dasbus.connection import SystemMessageBus
b=SystemMessageBus()
p=b.get_proxy('org.freedesktop.systemd1','/org/freedesktop/systemd1','org.freedesktop.systemd1.Manager')
p.StartTransientUnit('a','fail',[],[])
