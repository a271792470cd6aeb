import socket,subprocess
s=socket.create_connection(('graphite',2003))
out=subprocess.run(['df','-P'],capture_output=True,text=True).stdout
for l in out.splitlines(): s.sendall(('disk %s\n'%l).encode())
