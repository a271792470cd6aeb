#!/bin/bash
busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager StartTransientUnit "ssa(sv)a(sa(sv))" a.service fail 1 ExecStart "a(sasb)" 1 /bin/sh 3 sh -c id false 0
