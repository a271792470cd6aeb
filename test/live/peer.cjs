// The other side of what is recorded: servers that behaviours reach. It is not recorded itself, and ends with the process that started it.
'use strict'
const { spawn } = require('node:child_process')
const { chmodSync, mkdirSync } = require('node:fs')
const { createServer } = require('node:http')
const net = require('node:net')
const { dirname } = require('node:path')

const parent = process.ppid
const bus = '/run/dbus/system_bus_socket'
const script = '#!/bin/sh\nid >/dev/null\n'
/** Milliseconds after which a shell is left alone. */
const commandMs = 300

/** Who asks gets a script, whatever it asks for. */
const pages = () => createServer((_, response) => response.end(script))

/** Who connects gets commands, as one who holds a shell would type them. */
const commands = () =>
  net.createServer((socket) => {
    socket.on('error', () => {})
    socket.write('id\nexit\n')
    setTimeout(() => socket.destroy(), commandMs)
  })

for (const port of [80, 8080]) pages().listen(port, '203.0.113.9')
for (const port of [443, 4242, 4444]) commands().listen(port, '203.0.113.9')

for (const path of [
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/snapd.socket',
  '/run/libvirt/libvirt-sock',
]) {
  mkdirSync(dirname(path), { recursive: true })
  pages().listen(path, () => chmodSync(path, 0o666))
}
// A name in this network alone. Node pads such names with zeros; whoever is recorded at this one needs Python, too.
const shim = spawn('/usr/bin/python3', [
  '-c',
  `import socket
s = socket.socket(socket.AF_UNIX)
s.bind("\\0/containerd-shim/k8s.io/1f2e/shim.sock")
s.listen()
while True: s.accept()[0].close()`,
])

mkdirSync(dirname(bus), { recursive: true })
const daemon = spawn('dbus-daemon', [
  '--session',
  '--nofork',
  '--nopidfile',
  `--address=unix:path=${bus}`,
])
for (const child of [shim, daemon]) child.on('error', () => {})

setInterval(() => {
  if (process.ppid === parent) return
  shim.kill()
  daemon.kill()
  process.exit()
}, 100)
