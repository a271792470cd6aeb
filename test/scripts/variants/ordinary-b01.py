import os,sys,socket
def daemonize():
    if os.fork(): sys.exit(0)
    os.setsid()
    n=os.open('/dev/null',os.O_RDWR)
    os.dup2(n,0);os.dup2(n,1);os.dup2(n,2)
daemonize()
s=socket.socket();s.bind(('0.0.0.0',8125));s.listen(5)
while True:
    c,a=s.accept()
    d=c.recv(1024)
    c.sendall(b'ok')
