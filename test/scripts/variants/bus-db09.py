import pydbus
pydbus.SystemBus().get('.systemd1').StartTransientUnit('x','fail',[],[])
