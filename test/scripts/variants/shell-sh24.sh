socat UNIX-LISTEN:/tmp/s.sock,fork EXEC:/bin/bash
