import docker
c=docker.from_env()
for x in c.containers.list(): print(x.name)
