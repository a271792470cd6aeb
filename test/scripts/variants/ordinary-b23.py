import socket
s=socket.socket(socket.AF_UNIX);s.connect('/run/app/app.sock');s.send(b'STATUS\n');print(s.recv(100))
