#!/usr/bin/python3
import docker
client = docker.DockerClient(base_url="unix:///var/run/docker.sock")
client.containers.run("web", "sh", volumes={"/": {"bind": "/h", "mode": "rw"}})
