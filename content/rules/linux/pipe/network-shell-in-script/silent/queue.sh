#!/bin/sh
mkfifo /run/acme/queue
while read line < /run/acme/queue; do logger "$line"; done
