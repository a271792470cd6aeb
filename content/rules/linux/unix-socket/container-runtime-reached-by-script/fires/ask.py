import socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.connect('/var/run/' + 'docker.sock')
s.send(b'POST /containers/create HTTP/1.0')
