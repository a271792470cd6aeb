#!/usr/bin/python3
import docker
client = docker.from_env()
client.containers.run("web", volumes={"/srv/web": {"bind": "/data", "mode": "ro"}}, network="web")
for one in client.containers.list():
    print(one.name)
