import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { listProcesses } from './processes.ts'
import { listUnixSockets, readProcNet, readSs } from './unix-sockets.ts'

describe('what ss says of UNIX sockets', () => {
  it('is read with names that hold blanks, abstract ones, and none', () => {
    const text = [
      'u_str LISTEN 0      4096   /run/a b.sock 11 * 0',
      'u_str ESTAB  0      0      @/tmp/.X11-unix/X0 12 * 13',
      'u_dgr UNCONN 0      0      * 14 * 0',
      '',
    ].join('\n')
    expect(readSs(text)).toEqual([
      {
        inode: '11',
        path: '/run/a b.sock',
        peer: undefined,
        isListening: true,
      },
      {
        inode: '12',
        path: '@/tmp/.X11-unix/X0',
        peer: '13',
        isListening: false,
      },
      { inode: '14', path: undefined, peer: undefined, isListening: false },
    ])
  })
})

describe('/proc/net/unix', () => {
  it('has names and no other ends', () => {
    const text =
      'Num       RefCount Protocol Flags    Type St Inode Path\nffff: 00000002 00000000 00010000 0001 01 11 /run/a b\nffff: 00000003 00000000 00000000 0001 03 12\n'
    expect(readProcNet(text)).toEqual([
      { inode: '11', path: '/run/a b', peer: undefined, isListening: true },
      { inode: '12', path: undefined, peer: undefined, isListening: false },
    ])
  })
})

describe.runIf(process.platform === 'linux')(
  'the processes of this host',
  () => {
    it('have both ends of a FIFO', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-proc-'))
      const fifo = join(folder, 'a fifo')
      spawnSync('mkfifo', [fifo])
      const child = spawn(
        'sh',
        ['-c', 'exec 3<>"$0"; echo ready; read x', fifo],
        { stdio: 'pipe' },
      )
      await new Promise((ready) => child.stdout.once('data', ready))
      try {
        const { open, processes } = listProcesses()
        const held = open.filter((o) => o.path === fifo)
        expect(held).toMatchObject([
          { pid: child.pid, fd: 3, kind: 'fifo', access: 'both' },
        ])
        expect(processes.get(child.pid!)).toMatchObject({
          ppid: process.pid,
          userId: process.getuid!(),
        })
      } finally {
        child.kill()
        rmSync(folder, { recursive: true })
      }
    })

    it('have the name of the socket that they listen on', async () => {
      const path = join(tmpdir(), `ipcwatch-${process.pid}.sock`)
      const server = createServer()
      await new Promise<void>((done) => server.listen(path, done))
      const client = connect(path)
      await new Promise((done) => server.once('connection', done))
      try {
        const { sockets } = listUnixSockets()
        expect(sockets.some((s) => s.path === path && s.isListening)).toBe(true)
      } finally {
        client.destroy()
        server.close()
      }
    })
  },
)
