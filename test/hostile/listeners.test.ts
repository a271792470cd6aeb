// What somebody may send to a listener: twice as much is at most twice the work, what is open is bounded, and others are answered meanwhile.
import { mkdtempSync, rmSync } from 'node:fs'
import { request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { listenHttp } from '../../src/app/watch/intake/http.ts'
import { Intake } from '../../src/app/watch/intake/intake.ts'
import { linesOf, type Shape } from '../../src/app/watch/intake/shapes.ts'
import { takeLines } from '../../src/app/watch/intake/streams.ts'

import { stepsOf } from './steps.ts'

const allowance = 1.15

let folder = ''
const closing: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-listeners-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

function opened(): Intake {
  const intake = new Intake(
    { name: 'a', folder, maxWaiting: 2 ** 30, known: [], nextKey: () => 1 },
    { event: () => {}, gate: undefined },
  )
  closing.push(() => intake.close())
  return intake
}

const nested = (n: number) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`
const bodies: readonly (readonly [
  what: string,
  shape: Shape,
  body: (size: number) => string,
])[] = [
  ['the smallest objects', 'objects', (n) => '{}'.repeat(n)],
  ['objects in objects', 'objects', nested],
  ['objects that never close', 'objects', (n) => '{"a":'.repeat(n)],
  ['braces that close nothing', 'objects', (n) => `${'{}'.repeat(n)}}`],
  ['a text that never closes', 'objects', (n) => `{"${'\\"'.repeat(n)}`],
  ['an object of line breaks', 'objects', (n) => `{${'\n'.repeat(n)}}`],
  ['documents in bulk', 'bulk', (n) => '{"create":{}}\n{}\n'.repeat(n)],
  ['deletions in bulk', 'bulk', (n) => '{"delete":{}}\n'.repeat(n)],
  ['empty lines in bulk', 'bulk', (n) => '\n'.repeat(n)],
  ['actions without a document', 'bulk', (n) => '{"index":{}}\n'.repeat(n)],
  [
    'attributes of OpenTelemetry in each other',
    'document',
    (n) =>
      `{"resourceLogs":[{"resource":{"attributes":[${'{"value":{"arrayValue":{"values":['.repeat(n)}`,
  ],
]

describe('a body', () => {
  it.each(bodies)('costs no more than it is: %s', async (_, shape, body) => {
    const steps = (n: number) => {
      const bytes = Buffer.from(body(n))
      return stepsOf(() => {
        try {
          return linesOf(shape, bytes)
        } catch {
          // Refused in words, and it may have cost no more for that.
          return undefined
        }
      })
    }
    // What is compiled meanwhile is counted more than once: the least of five is what it costs, once it is warm.
    const least = async (n: number) => {
      const all: number[] = []
      while (all.length < 5) all.push(await steps(n))
      return Math.min(...all)
    }
    await least(4_000)
    // When code is compiled is a matter of chance: what grows faster than the body does so each time.
    let growth = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < 3 && growth >= 2 * allowance; tries++) {
      const once = await least(2_000)
      expect(once).toBeGreaterThan(0)
      growth = (await least(4_000)) / once
    }
    expect(growth).toBeLessThan(2 * allowance)
  })
})

describe('a stream', () => {
  async function* blocks(count: number, block: Buffer) {
    for (let i = 0; i < count; i++) yield block
  }

  it.each([
    ['lines that never end', Buffer.alloc(1_000, 'x')],
    ['a line in many pieces', Buffer.from('{"a":')],
    ['lines of nothing', Buffer.alloc(1_000, '\n')],
  ])('costs no more than it is: %s', async (_, block) => {
    const steps = (n: number) => {
      const intake = opened()
      return stepsOf(() => takeLines(blocks(n, block), intake))
    }
    for (const n of [200, 400]) await steps(n)
    const once = await steps(200)
    expect(await steps(400)).toBeLessThan(2 * allowance * once)
  })

  it('whose line never ends is handed on in parts', async () => {
    const intake = opened()
    const mb = Buffer.alloc(1024 * 1024, 'x')
    await takeLines(blocks(40, mb), intake)
    const breaks = Math.ceil(40 / 16)
    expect(intake.waiting).toBeGreaterThan(40 * mb.length)
    expect(intake.waiting).toBeLessThanOrEqual(40 * mb.length + breaks)
  })
})

describe('a server', () => {
  async function listening() {
    const intake = opened()
    const at = { host: '127.0.0.1', port: 0 }
    const server: Server = await listenHttp(at, intake)
    closing.push(() => {
      server.closeAllConnections()
      server.close()
    })
    return { intake, port: (server.address() as AddressInfo).port }
  }
  const sent = (port: number, headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const asking = request(
        { host: '127.0.0.1', port, method: 'POST', path: '/', headers },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode!)
        },
      )
      asking.on('error', reject)
      asking.end('{"a":1}\n')
    })

  it.each([
    ['headers without end', `POST / HTTP/1.1\r\n${'a: b\r\n'.repeat(100)}`],
    [
      'a body that never comes',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 999\r\n\r\n{',
    ],
    [
      'pieces of a body',
      'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n',
    ],
    ['nothing', ''],
  ])('answers others while many send %s', async (_, beginning) => {
    const { port } = await listening()
    for (let i = 0; i < 200; i++) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(beginning)
      closing.push(() => socket.destroy())
    }
    await new Promise((done) => setTimeout(done, 50))
    expect(await sent(port)).toBe(200)
  })

  it('refuses a flood of headers, and goes on', async () => {
    const { port } = await listening()
    const many = Object.fromEntries(
      Array.from({ length: 1_500 }, (_, i) => [`h${i}`, 'x'.repeat(100)]),
    )
    expect(await sent(port, many).catch(() => 431)).toBe(431)
    expect(await sent(port)).toBe(200)
  })

  it('refuses a body that unpacks to more than it takes', async () => {
    const { gzipSync } = await import('node:zlib')
    const { intake, port } = await listening()
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const status = await new Promise<number | undefined>((resolve) => {
      const asking = request(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          headers: { 'content-encoding': 'gzip' },
        },
        (answer) => resolve(answer.statusCode),
      )
      asking.on('error', () => resolve(undefined))
      asking.end(bomb)
    })
    expect(status).toBe(413)
    expect(intake.waiting).toBe(0)
  })

  it('takes what it can unpack, and refuses what it cannot: nothing is accepted to be lost', async () => {
    const { brotliCompressSync, deflateSync, gzipSync } = await import(
      'node:zlib'
    )
    const { port } = await listening()
    const body = Buffer.from('{"EventID":1}\n')
    const status = (packed: string, bytes: Buffer) =>
      new Promise<number | undefined>((resolve) => {
        const asking = request(
          {
            ...{ host: '127.0.0.1', port, method: 'POST' },
            headers: { 'content-encoding': packed },
          },
          (answer) => resolve(answer.statusCode),
        )
        asking.on('error', () => resolve(undefined))
        asking.end(bytes)
      })
    expect(await status('gzip', gzipSync(body))).toBe(200)
    expect(await status('deflate', deflateSync(body))).toBe(200)
    expect(await status('BR', brotliCompressSync(body))).toBe(200)
    expect(await status('zstd', body)).toBe(415)
    expect(await status('gzip, gzip', body)).toBe(415)
  })
})
