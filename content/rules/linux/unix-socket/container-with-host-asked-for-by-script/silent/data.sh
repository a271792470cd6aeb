#!/bin/sh
curl -s --unix-socket /var/run/docker.sock -d '{"Image":"web","HostConfig":{"Binds":["/srv/web:/data:ro"]}}' http://localhost/containers/create
