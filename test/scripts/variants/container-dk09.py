import docker
c=docker.DockerClient(base_url='unix://var/run/docker.sock')
c.containers.run('alpine','sh',privileged=True,volumes={'/':{'bind':'/h','mode':'rw'}})
