// What somebody may send to a UNIX socket: each line arrives once, whoever else sends, and nobody's socket is taken from him.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Intake } from '../../src/app/watch/intake/intake.ts'
import { listenLines } from '../../src/app/watch/intake/streams.ts'

let folder = ''
const closing: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-unix-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

async function listening(path: string) {
  const intake = new Intake(
    { name: 'a', folder, maxWaiting: 2 ** 30, known: [], nextKey: () => 1 },
    { event: () => {}, gate: undefined },
  )
  closing.push(() => intake.close())
  const problems: string[] = []
  const server = await listenLines({ path }, intake, (p) => problems.push(p))
  closing.push(() => server.close())
  return { intake, problems }
}

/** Resolves when all was taken and the listener closed its side. */
function sent(path: string, ...blocks: readonly (string | Buffer)[]) {
  return new Promise<void>((resolve) => {
    const socket = connect(path, () => {
      for (const block of blocks) socket.write(block)
      socket.end()
    })
    socket.on('error', () => {})
    socket.resume()
    socket.on('close', () => resolve())
  })
}

describe.runIf(process.platform !== 'win32')('a UNIX socket', () => {
  const line = '{"a":1}\n'

  it.each([
    ['nothing', ''],
    ['half a line', '{"a":'],
    ['line breaks', '\n'.repeat(1_000)],
    ['zeros', Buffer.alloc(1_000)],
    ['bytes that are no text', Buffer.alloc(1_000, 0xff)],
    ['a line that does not end', 'x'.repeat(1024 * 1024)],
  ])('takes the lines of others while many send %s', async (_, block) => {
    const path = join(folder, 's')
    const { intake, problems } = await listening(path)
    await new Promise<void>((resolve) => {
      let open = 0
      for (let i = 0; i < 50; i++) {
        const socket = connect(path, () => ++open === 50 && resolve())
        socket.on('error', () => {})
        socket.write(block)
        closing.push(() => socket.destroy())
      }
    })
    const before = intake.waiting
    await sent(path, line)
    await expect
      .poll(() => intake.waiting - before)
      .toBeGreaterThanOrEqual(line.length)
    expect(problems).toEqual([])
  })

  it('has the lines of two senders whole, however they are cut', async () => {
    const path = join(folder, 's')
    const { intake } = await listening(path)
    await Promise.all([
      sent(path, ...'{"one":1}\n'),
      sent(path, ...'{"two":2}\n'),
    ])
    await expect.poll(() => intake.waiting).toBe(20)
  })

  it('of which nobody hears any more is replaced', async () => {
    const path = join(folder, 's')
    const { spawnSync } = await import('node:child_process')
    // Whoever is killed leaves the file.
    spawnSync(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ])
    const { intake } = await listening(path)
    await sent(path, line)
    await expect.poll(() => intake.waiting).toBe(line.length)
  })

  it('on which somebody else listens stays his', async () => {
    const path = join(folder, 's')
    const other: Server = createServer((socket) => socket.destroy())
    await new Promise<void>((done) => other.listen(path, () => done()))
    closing.push(() => other.close())
    await expect(listening(path)).rejects.toThrow('somebody else listens')
    await sent(path, line)
  })

  it('takes the place of no other file', async () => {
    const path = join(folder, 's')
    writeFileSync(path, 'mine')
    await expect(listening(path)).rejects.toThrow('is no socket')
  })
})
