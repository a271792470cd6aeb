#!/bin/sh
# /var/run/docker.sock is the socket
ls -l /var/run/docker.sock
