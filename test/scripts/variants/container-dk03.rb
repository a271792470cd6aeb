require 'socket'
s=UNIXSocket.new('/var/run/docker.sock')
s.write("POST /containers/create HTTP/1.1\r\n\r\n{\"HostConfig\":{\"Privileged\":true}}")
