h=open(r'\\.\pipe\docker_engine','r+b',0)
h.write(b'POST /containers/create HTTP/1.1\r\n\r\n{"HostConfig":{"Privileged":true}}')
