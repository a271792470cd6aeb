#!/bin/sh
socat TCP-LISTEN:8080,fork,reuseaddr TCP:web:80 &
socat UNIX-LISTEN:/tmp/x.sock,fork TCP:db:5432 &
ssh -L 8080:localhost:80 host -N &
ncat --listen 9000 --keep-open
