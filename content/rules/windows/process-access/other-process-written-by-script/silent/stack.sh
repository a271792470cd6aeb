#!/bin/sh
gdb -p "$(pidof app)" -batch -ex 'thread apply all bt' -ex 'print errno' > stack.txt
