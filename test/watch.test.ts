// A watch as a person runs it: processes that are killed, files that grow and rotate, events that are sent; held against a scan of the
// same bytes.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { WatchStatus } from '../src/app/watch/status.ts'
import type { Finding } from '../src/findings/finding.ts'

import { writeEvtx } from './tools/evtx-writer.ts'
import { cli } from './tools/product.ts'

/** How often a watch is killed; IPCWATCH_KILLS says otherwise. */
const kills = Number(process.env.IPCWATCH_KILLS ?? 8)
/** Milliseconds for what takes processes. */
const patience = 60_000 + kills * 5_000

let folder = ''
const running: ChildProcess[] = []
const servers: Server[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-watch-test-'))
  mkdirSync(join(folder, 'logs'))
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.kill('SIGKILL'))
      await once(child, 'exit')
  }
  for (const server of servers.splice(0)) server.close()
  rmSync(folder, { recursive: true, force: true })
})

const at = (...names: string[]) => join(folder, ...names)

const rule = `title: pipe of a tool
id: 3f1f6a52-0000-4000-8000-000000000001
status: experimental
level: high
tags: [attack.t1559]
logsource: { product: windows, category: pipe_created }
detection:
  pipe: { PipeName|startswith: '\\evil' }
  condition: pipe
---
title: three pipes of one host
id: 3f1f6a52-0000-4000-8000-000000000002
status: experimental
level: high
correlation:
  type: event_count
  rules: [3f1f6a52-0000-4000-8000-000000000001]
  generate: true
  group-by: [Computer]
  timespan: 10s
  condition: { gte: 3 }
`

/** Sysmon's event 17 of a host, the nth second of the day. */
function event(host: string, n: number, name = 'evil'): string {
  const time = new Date(Date.UTC(2026, 0, 2) + n * 1_000).toISOString()
  return `${JSON.stringify({
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 17,
    EventRecordID: n,
    Computer: host,
    UtcTime: time.replace('T', ' ').replace('Z', ''),
    EventType: 'CreatePipe',
    PipeName: `\\${name}${n}`,
    Image: 'C:\\tool.exe',
  })}\n`
}

function watchArgs(...more: string[]): string[] {
  writeFileSync(at('rules.yml'), rule)
  return [
    cli,
    'watch',
    ...more,
    '--no-sensors',
    '--rules',
    at('rules.yml'),
    '--no-builtin',
    '--state',
    at('state'),
    '--out',
    at('out.ndjson'),
  ]
}

function start(...more: string[]): ChildProcess {
  const child = spawn(process.execPath, watchArgs(...more), { stdio: 'ignore' })
  running.push(child)
  return child
}

/** To the end of what is there. */
function finish(...more: string[]) {
  return spawnSync(
    process.execPath,
    watchArgs(...more, '--until-idle', '1500ms'),
    { encoding: 'utf8' },
  )
}

function found(file = 'out.ndjson'): Finding[] {
  try {
    return readFileSync(at(file), 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((l) => JSON.parse(l) as Finding)
  } catch {
    return []
  }
}

function scanned(path: string): Finding[] {
  spawnSync(process.execPath, [
    cli,
    'scan',
    path,
    '--rules',
    at('rules.yml'),
    '--no-builtin',
    '--quiet',
    '--format',
    'ndjson',
    '-o',
    at('scan.ndjson'),
  ])
  return found('scan.ndjson')
}

/** What a finding says, whatever its log was called when it was read. */
function said(findings: readonly Finding[]): string[] {
  return findings
    .map(({ rule: { id }, host, time, evidence }) =>
      JSON.stringify([
        id,
        host,
        time,
        evidence.map((e) => [
          basename(e.file).replace(/\.log.*/, ''),
          e.offset,
          e.fields,
        ]),
      ]),
    )
    .sort()
}

/** Takes findings, and remembers their ids. */
async function webhook(): Promise<{ port: number; ids: Set<string> }> {
  const ids = new Set<string>()
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part
    })
    request.on('end', () => {
      for (const line of text.trim().split('\n')) {
        ids.add((JSON.parse(line) as Finding).id)
      }
      response.end()
    })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, ids }
}

async function status(): Promise<WatchStatus> {
  for (const until = Date.now() + 20_000; ; ) {
    const {
      stdout,
      stderr,
      status: code,
    } = spawnSync(
      process.execPath,
      [cli, 'watch', '--status', '--state', at('state')],
      { encoding: 'utf8' },
    )
    if (code === 0) return JSON.parse(stdout) as WatchStatus
    if (Date.now() > until) throw new Error(stderr)
    await sleep(100)
  }
}

describe('a watch', () => {
  it('says at its end what each rule could see', () => {
    appendFileSync(at('logs', 'a.json'), event('h', 1, 'good'))
    const { stderr } = finish(at('logs'))
    expect(stderr).toContain('with 2 rules')
    expect(stderr).toContain('rules: 0 fired, 2 quiet, 0 blind, of 2')
  })

  it('says what rules that saw nothing lacked', () => {
    const line = event('h', 1).replace('"EventID":17', '"EventID":5')
    appendFileSync(at('logs', 'a.json'), line)
    const { stderr } = finish(at('logs'))
    expect(stderr).toContain('rules: 0 fired, 0 quiet, 2 blind, of 2')
    expect(stderr).toContain('blind: no event of windows/pipe_created: 2 rules')
  })

  it(
    'finds what a scan finds, in a log that grows by pieces cut anywhere',
    async () => {
      const bytes = Buffer.from(
        Array.from({ length: 60 }, (_, n) => event('ws1', n)).join(''),
      )
      writeFileSync(at('logs', 'a.log'), '')
      const child = start(at('logs'), '--until-idle', '2')
      for (let i = 0; i < bytes.length; i += 997) {
        appendFileSync(at('logs', 'a.log'), bytes.subarray(i, i + 997))
        await sleep(10)
      }
      await once(child, 'exit')
      expect(child.exitCode).toBe(1)
      expect(
        found()
          .map((f) => f.id)
          .sort(),
      ).toEqual(
        scanned(at('logs'))
          .map((f) => f.id)
          .sort(),
      )
    },
    patience,
  )

  it(
    'loses no finding and repeats none, killed while logs grow, are renamed, copied and packed',
    async () => {
      const logs = Array.from({ length: 10 }, (_, i) => ({
        path: at('logs', `l${i}.log`),
        bytes: Buffer.from(
          Array.from({ length: 34 * kills }, (_, n) => event(`ws${i}`, n)).join(
            '',
          ),
        ),
        done: 0,
        rotated: 0,
      }))
      const { port, ids } = await webhook()
      const config = at('ipcwatch.yml')
      writeFileSync(
        config,
        `outputs:\n  - webhook: http://127.0.0.1:${port}/\n`,
      )
      const args = [at('logs'), '--config', config]
      let child = start(...args)
      for (let step = 0; logs.some((l) => l.done < l.bytes.length); step++) {
        for (const [i, log] of logs.entries()) {
          const to = Math.min(
            log.bytes.length,
            log.done + 700 + 131 * ((step + i) % 7),
          )
          appendFileSync(log.path, log.bytes.subarray(log.done, to))
          log.done = to
          if (step % 12 === 3 * i) rotate(log)
        }
        await sleep(15)
        if (step % 8 === 7) {
          child.kill('SIGKILL')
          await once(child, 'exit')
          child = start(...args)
        }
      }
      child.kill('SIGKILL')
      await once(child, 'exit')
      // The webhook is of this process, which must not wait for the other.
      await once(start(...args, '--until-idle', '1500ms'), 'exit')
      expect(said(found())).toEqual(said(scanned(at('logs'))))
      // What was taken when the watch fell comes again, with the same id.
      expect([...ids].sort()).toEqual(
        found()
          .map((f) => f.id)
          .sort(),
      )
    },
    patience,
  )

  it(
    'takes over HTTP and sockets what it says it took, and judges it after a kill',
    async () => {
      const child = start('--http', '18088', '--unix', at('in.sock'))
      await status()
      const hec = event('ws1', 1).trim()
      const sent = await fetch(
        'http://127.0.0.1:18088/services/collector/event',
        { method: 'POST', body: `{"event":${hec}}` },
      )
      expect(await sent.json()).toEqual({ text: 'Success', code: 0 })
      const socket = connect(at('in.sock'))
      socket.end(event('ws1', 2))
      await once(socket, 'close')
      await fetch('http://127.0.0.1:18088/', {
        method: 'POST',
        body: event('ws1', 3),
      })
      child.kill('SIGKILL')
      await once(child, 'exit')
      finish('--http', '18088', '--unix', at('in.sock'))
      const times = found().map((f) => f.time?.slice(17, 19))
      expect([...new Set(times)].sort()).toEqual(['01', '02', '03'])
      expect(new Set(found().map((f) => f.id)).size).toBe(found().length)
    },
    patience,
  )

  it('reads times that do not say all of themselves as it is told', () => {
    const pipe = (EventTime: string, n: number) => {
      const { UtcTime: _, ...rest } = JSON.parse(event('ws1', n)) as object & {
        UtcTime: string
      }
      return `${JSON.stringify({ ...rest, EventTime })}\n`
    }
    writeFileSync(at('logs', 'a.log'), pipe('3/4/2026 10:00:00', 1))
    // What has to be there whole is read otherwise, and leaves what others are told as it is.
    writeFileSync(
      at('logs', 'b.jsonl.gz'),
      gzipSync(pipe('4/4/2026 10:00:00', 2)),
    )
    const { status } = finish(
      at('logs'),
      ...['--input-dates', 'day-first', '--input-time-zone', '+02:00'],
    )
    expect(status).toBe(1)
    expect(
      found()
        .map((f) => f.time)
        .sort(),
    ).toEqual(['2026-04-03T08:00:00.000Z', '2026-04-04T08:00:00.000Z'])
  })

  it(
    'takes new rules without losing what it knew, and keeps the old ones where the new are broken',
    async () => {
      const child = start(at('logs'))
      writeFileSync(at('logs', 'a.log'), event('ws1', 1) + event('ws1', 2))
      await expect
        .poll(async () => (await status()).findings, { timeout: 20_000 })
        .toBe(2)
      writeFileSync(at('rules.yml'), 'title: broken\n')
      child.kill('SIGHUP')
      await expect
        .poll(async () => (await status()).reloads.refused, { timeout: 20_000 })
        .toBe(1)
      writeFileSync(at('rules.yml'), rule)
      child.kill('SIGHUP')
      await expect
        .poll(async () => (await status()).reloads.done, { timeout: 20_000 })
        .toBe(1)
      appendFileSync(at('logs', 'a.log'), event('ws1', 3))
      child.kill('SIGTERM')
      await once(child, 'exit')
      finish(at('logs'))
      expect(
        found()
          .map((f) => f.rule.title)
          .sort(),
      ).toEqual([
        'pipe of a tool',
        'pipe of a tool',
        'pipe of a tool',
        'three pipes of one host',
      ])
    },
    patience,
  )

  it(
    'reads what is added within the chunks of an EVTX file, once',
    async () => {
      const log = (records: number) =>
        writeEvtx(
          Array.from({ length: records }, (_, i) => ({
            provider: 'Microsoft-Windows-Sysmon',
            channel: 'Microsoft-Windows-Sysmon/Operational',
            eventId: 17,
            computer: 'ws1',
            time: Date.UTC(2026, 0, 2, 0, i),
            data: {
              EventType: 'CreatePipe',
              PipeName: `\\evil${i}`,
              Image: 'C:\\tool.exe',
            },
          })),
        )
      const path = at('logs', 'Sysmon.evtx')
      writeFileSync(path, log(3))
      const child = start(at('logs'), '--until-idle', '3')
      await expect.poll(() => found().length, { timeout: 20_000 }).toBe(3)
      writeFileSync(path, log(400))
      await once(child, 'exit')
      expect(found()).toHaveLength(400)
      expect(said(found())).toEqual(said(scanned(path)))
    },
    patience,
  )

  it(
    'says that its state is in use, and by whom',
    async () => {
      const child = start(at('logs'))
      await status()
      const { stderr, status: code } = finish(at('logs'))
      expect(stderr).toContain(`is in use by process ${child.pid}`)
      expect(code).toBe(3)
    },
    patience,
  )

  it('ends where it cannot listen, and leaves nothing open', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    servers.push(taken)
    await once(taken, 'listening')
    const place = `127.0.0.1:${(taken.address() as AddressInfo).port}`
    for (const flag of ['--http', '--tcp', '--metrics']) {
      const done = spawnSync(
        process.execPath,
        watchArgs(at('logs'), flag, place),
        { encoding: 'utf8', timeout: patience },
      )
      expect([flag, done.status]).toEqual([flag, 3])
      expect(done.stderr).toContain('address already in use')
    }
  })
})

interface Growing {
  readonly path: string
  readonly bytes: Buffer
  done: number
  rotated: number
}

/** At the end of a line, as logs are rotated: by renaming, by copying and emptying, by packing. */
function rotate(log: Growing): void {
  const end = log.bytes.indexOf(10, log.done) + 1 || log.bytes.length
  appendFileSync(log.path, log.bytes.subarray(log.done, end))
  log.done = end
  const name = `${log.path}.${++log.rotated}`
  switch (log.rotated % 3) {
    case 0:
      renameSync(log.path, name)
      return
    case 1:
      copyFileSync(log.path, name)
      truncateSync(log.path)
      return
    default:
      renameSync(log.path, name)
      writeFileSync(`${name}.gz`, gzipSync(readFileSync(name)))
      unlinkSync(name)
  }
}
