#!/usr/bin/env python3
import socket, subprocess
s = socket.create_connection(("metrics.example", 2003))
s.sendall(subprocess.check_output(["uptime"]))
