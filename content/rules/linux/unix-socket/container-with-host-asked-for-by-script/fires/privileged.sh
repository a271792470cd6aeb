#!/bin/bash
curl --unix-socket /run/podman/podman.sock -H "Content-Type: application/json" -d "{\"Image\":\"alpine\",\"HostConfig\":{\"Privileged\":true}}" http://d/v4/containers/create
