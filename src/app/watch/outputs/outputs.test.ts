// Outputs against real listeners on loopback that misbehave as real ones do.
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTls } from 'node:tls'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ecsDocument } from '../../../findings/sinks/ecs.ts'

import { Outbox } from '../outbox.ts'
import { Delivery, type Filter } from './delivery.ts'
import { FileOutput } from './file.ts'
import type { GrownIncident } from './growing-incidents.ts'
import { elastic, splunkHec, webhook } from './http.ts'
import { cef } from './messages.ts'
import type { Output } from './output.ts'
import { syslog } from './syslog.ts'

let folder = ''
const closing: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-outputs-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

function finding(n: number, level = 'high'): string {
  return JSON.stringify({
    id: `id${n}`,
    time: '2026-01-02T03:04:05.000Z',
    host: 'ws7',
    rule: { id: 'r', title: 'A | title = x', level },
    techniques: ['T1559.001'],
    evidence: [
      {
        file: `${n}.log`,
        record: n,
        offset: 0,
        time: null,
        logSource: {},
        fields: { a: 'b\nc=d' },
      },
    ],
    explanation: {
      held: ['a is b'],
      missing: [],
      benign: [],
      mitigations: [],
      silence: [],
    },
  })
}

type Answer = number | 'break off' | 'stall'

/** Takes bodies; answers come from the list, then 200. */
async function server(answers: Answer[], body = '{}') {
  const got: { headers: IncomingMessage['headers']; body: string }[] = []
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part
    })
    request.on('end', () => {
      const next = answers.shift() ?? 200
      if (next === 'stall') return
      if (next === 'break off') {
        request.socket.destroy()
        return
      }
      if (next === 200) got.push({ headers: request.headers, body: text })
      response.writeHead(next, next === 429 ? { 'retry-after': '0' } : {})
      response.end(body)
    })
  }
  const listening = createServer(answer)
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done))
  closing.push(() => {
    listening.closeAllConnections()
    listening.close()
  })
  const { port } = listening.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, got }
}

function deliver(
  output: Output,
  lines: readonly string[],
  filter: Filter = {},
) {
  const outbox = new Outbox(join(folder, 'outbox'), 1024 ** 3)
  outbox.append(lines)
  const delivery = new Delivery(output, { filter, outbox, folder })
  delivery.start()
  closing.push(() => delivery.stop())
  return { delivery, outbox }
}

const never = new AbortController().signal

const until = (holds: () => boolean) =>
  expect.poll(holds, { timeout: 10_000 }).toBe(true)

describe('a webhook', () => {
  it('has everything once and in order, though the server broke off, was busy, and fell over', async () => {
    const { url, got } = await server(['break off', 429, 500, 503])
    const lines = [1, 2, 3].map((n) => finding(n))
    const { delivery } = deliver(
      webhook('w', { url, secret: 's', token: 't' }),
      lines,
    )
    await until(() => delivery.isDone)
    expect(got.map((g) => g.body)).toEqual([`${lines.join('\n')}\n`])
    expect(delivery.counts).toMatchObject({ sent: 3, failures: 4, refused: 0 })
    expect(got[0]!.headers).toMatchObject({ authorization: 'Bearer t' })
    expect(got[0]!.headers['x-ipcwatch-signature']).toMatch(
      /^sha256=[\da-f]{64}$/,
    )
  })

  it('leaves out the one finding that the server never takes', async () => {
    const { url, got } = await server([400, 200, 400])
    const { delivery } = deliver(
      webhook('w', { url }),
      [1, 2].map((n) => finding(n)),
    )
    await until(() => delivery.isDone)
    expect(got.map((g) => g.body)).toEqual([`${finding(1)}\n`])
    expect(delivery.counts).toMatchObject({ sent: 1, refused: 1 })
  })

  it('that stalls does not stall another', async () => {
    const [slow, fast] = [await server(['stall']), await server([])]
    const { outbox } = deliver(webhook('slow', { url: slow.url }), [finding(1)])
    const other = new Delivery(webhook('fast', { url: fast.url }), {
      filter: {},
      outbox,
      folder,
    })
    other.start()
    closing.push(() => other.stop())
    await until(() => other.isDone)
    expect(fast.got).toHaveLength(1)
    // What stalls would be waited for.
    await closing.splice(0, 1)[0]!()
    await closing.splice(0, 1)[0]!()
  })

  it('goes on where another run was', async () => {
    const { url, got } = await server([])
    const first = deliver(webhook('w', { url }), [finding(1)])
    await until(() => first.delivery.isDone)
    await first.delivery.stop()
    const second = deliver(webhook('w', { url }), [finding(2)])
    await until(() => second.delivery.isDone)
    expect(got.map((g) => g.body)).toEqual([1, 2].map((n) => `${finding(n)}\n`))
  })

  it('has only what its filter lets through', async () => {
    const { url, got } = await server([])
    const lines = [finding(1, 'low'), finding(2)]
    const { delivery } = deliver(webhook('w', { url }), lines, {
      minLevel: 'high',
      techniques: ['T1559'],
    })
    await until(() => delivery.isDone)
    expect(got.map((g) => g.body)).toEqual([`${finding(2)}\n`])
    expect(delivery.counts.filtered).toBe(1)
  })
})

describe('an output that wants incidents', () => {
  it('has each when it begins and again when it grows, with a version', async () => {
    const { url, got } = await server([])
    const output = () => webhook('w', { url })
    const first = deliver(output(), [finding(1)], { incidents: true })
    await until(() => first.delivery.isDone)
    await first.delivery.stop()
    const grown = finding(2)
      .replace('2.log', '1.log')
      .replace('"record":2', '"record":1')
      .replace('"id":"r"', '"id":"q"')
    const second = deliver(output(), [grown, finding(3)], { incidents: true })
    await until(() => second.delivery.isDone)
    const sent = got
      .flatMap((g) => g.body.trim().split('\n'))
      .map((l) => JSON.parse(l) as GrownIncident)
    expect(sent.map((s) => s.id)).toEqual(['id1.1', 'id1.2', 'id3.1'])
    expect(sent[1]).toMatchObject({
      incident: 'id1',
      version: 2,
      level: 'high',
      host: 'ws7',
    })
  })
})

describe('a store', () => {
  it("has findings as Splunk's collector takes them", async () => {
    const { url, got } = await server([])
    const { delivery } = deliver(
      splunkHec('s', { url, token: 'abc', index: 'sec' }),
      [finding(1)],
    )
    await until(() => delivery.isDone)
    expect(got[0]!.headers.authorization).toBe('Splunk abc')
    expect(JSON.parse(got[0]!.body)).toMatchObject({
      time: 1767323045,
      host: 'ws7',
      index: 'sec',
      event: { id: 'id1' },
    })
  })

  it('has findings as Elasticsearch takes them, and what is there already is no fault', async () => {
    const there = { errors: true, items: [{ create: { status: 409 } }] }
    const { url, got } = await server([], JSON.stringify(there))
    const { delivery } = deliver(
      elastic('e', { url, index: 'x', document: ecsDocument }),
      [finding(1)],
    )
    await until(() => delivery.isDone)
    const [action, document] = got[0]!.body
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as object)
    expect(action).toEqual({ create: { _index: 'x', _id: 'id1' } })
    expect(document).toMatchObject({
      event: { kind: 'alert' },
      host: { name: 'ws7' },
    })
    expect(delivery.counts).toMatchObject({ sent: 1, failures: 0 })
  })
})

describe('a file', () => {
  it('has each finding once, though a run fell between writing and noting', async () => {
    const path = join(folder, 'out.ndjson')
    const first = deliver(new FileOutput({ path }), [finding(1)])
    await until(() => first.delivery.isDone)
    await first.delivery.stop()
    appendFileSync(path, `${finding(2)}\n${finding(3).slice(0, 20)}`)
    const second = deliver(new FileOutput({ path }), [finding(2), finding(3)])
    await until(() => second.delivery.isDone)
    expect(readFileSync(path, 'utf8')).toBe(
      [1, 2, 3].map((n) => `${finding(n)}\n`).join(''),
    )
  })

  it('is begun anew when it is large enough', async () => {
    const path = join(folder, 'out.ndjson')
    const output = new FileOutput({ path, rotateAt: 10, keep: 2 })
    for (let n = 1; n <= 4; n++) await output.send([finding(n)], never)
    await output.close()
    const read = ['', '.1', '.2'].map((end) => readFileSync(path + end, 'utf8'))
    expect(read).toEqual([4, 3, 2].map((n) => `${finding(n)}\n`))
  })
})

describe('an output that never takes anything', () => {
  /** Milliseconds: far below what any output is given to answer. */
  const soon = 5_000

  it.each(['stall', 'drip'] as const)(
    'is not waited for at the end: a server that is slow to answer (%s)',
    async (how) => {
      const slow = createServer((_, response) => {
        if (how === 'stall') return
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(drip))
      })
      await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done))
      closing.push(() => {
        slow.closeAllConnections()
        slow.close()
      })
      const { port } = slow.address() as AddressInfo
      const url = `http://127.0.0.1:${port}/`
      const { delivery } = deliver(webhook('w', { url }), [finding(1)])
      await new Promise((done) => setTimeout(done, 200))
      const began = Date.now()
      await delivery.stop()
      expect(Date.now() - began).toBeLessThan(soon)
      expect(delivery.isDone).toBe(false)
    },
  )

  it.skipIf(process.platform === 'win32')(
    'holds up nobody: a pipe that is full',
    async () => {
      const path = join(folder, 'pipe')
      execFileSync('mkfifo', [path])
      const many = Array.from({ length: 400 }, (_, n) => finding(n))
      const { delivery } = deliver(new FileOutput({ path }), many)
      await new Promise((done) => setTimeout(done, 200))
      await delivery.stop()
      expect(delivery.counts.sent).toBeLessThan(400)
    },
  )
})

describe('a syslog server', () => {
  const pem = (name: string) =>
    readFileSync(
      new URL(`../../../../test/fixtures/tls/${name}.pem`, import.meta.url),
      'utf8',
    )
  const message = cef

  async function listening(
    open: (take: (text: string) => void) => ReturnType<typeof createTcp>,
  ) {
    let text = ''
    const one = open((part) => {
      text += part
    })
    await new Promise<void>((done) => one.listen(0, '127.0.0.1', done))
    closing.push(() => one.close())
    return { port: (one.address() as AddressInfo).port, read: () => text }
  }
  const take =
    (to: (text: string) => void) => (socket: NodeJS.ReadableStream) => {
      socket.on('data', (part: Buffer) => to(part.toString()))
      socket.on('error', () => {})
    }

  it('has each message with its length before it', async () => {
    const { port, read } = await listening((to) => createTcp(take(to)))
    const output = syslog('s', { host: '127.0.0.1', port, tls: false, message })
    const { delivery } = deliver(output, [finding(1)])
    await until(() => delivery.isDone && read() !== '')
    const [, length, rest] = /^(\d+) ([\s\S]*)$/.exec(read())!
    expect(Buffer.byteLength(rest!)).toBe(Number(length))
    expect(rest).toBe(
      '<107>1 2026-01-02T03:04:05.000Z ws7 ipcwatch - id1 - \ufeffCEF:0|ipcwatch|ipcwatch|1|r|A \\| title = x|8|externalId=id1 rt=1767323045000 dvchost=ws7 cs1Label=techniques cs1=T1559.001 fname=1.log msg={"a":"b\\\\nc\\=d"}',
    )
  })

  it('is trusted with the right certificate, and with no other', async () => {
    const options = { key: pem('key'), cert: pem('cert') }
    const { port, read } = await listening((to) => createTls(options, take(to)))
    const wrong = deliver(
      syslog('wrong', { host: 'localhost', port, tls: true, message }),
      [finding(1)],
    )
    await until(() => wrong.delivery.counts.failures > 0)
    expect(wrong.delivery.counts.lastError).toMatch(/self-signed certificate/)
    expect(read()).toBe('')
    const right = deliver(
      syslog('right', {
        host: 'localhost',
        port,
        tls: true,
        ca: pem('cert'),
        message,
      }),
      [],
    )
    await until(() => right.delivery.isDone && read() !== '')
  })
})
