#!/bin/sh
gdb -p "$(pidof sshd)" -batch -ex 'call (int)system("id")'
