// A counterpart of wevtapi.dll, which fails as the documentation says that the real one does.
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Emitter } from '../emitter.ts'
import { native } from '../native.ts'
import type { HealthKind } from '../raw-event.ts'
import { everything } from '../scope.ts'
import type { RunningSensor } from '../sensor.ts'
import { Channel, type ChannelListener, type Position } from './channel.ts'
import { byPowerShell } from './powershell.ts'
import { KeptPositions, positionLine, readPositions } from './positions.ts'
import { type Calls, codes, declarations, eventLogOf } from './wevtapi.ts'

const xml = (number: number, more = '') =>
  `<Event><System><EventID>17</EventID><EventRecordID>${number}</EventRecordID></System>${more}</Event>`

interface Logged {
  readonly number: number
  readonly more?: string
  /** Rendering it fails. */
  readonly isBad?: true
}

/** One channel. Handles are numbers: 1 to 99 are fixed, events are 1,000 and more. */
class FakeWindows implements Calls {
  records: Logged[] = []
  /** Errors of the calls to come, by name: each is used once. */
  readonly errors = new Map<string, number[]>()
  readonly open = new Set<number>()
  subscriptions: { from: string; flags: number }[] = []
  #next = 0
  #bookmarked = -1
  #lastError = 0
  #handles = 1_000
  readonly #events = new Map<number, Logged>()
  #isSignaled = false

  write(...records: readonly Logged[]): void {
    this.records.push(...records)
    this.#isSignaled = true
  }

  #fails(call: string): boolean {
    const error = this.errors.get(call)?.shift()
    if (error === undefined) return false
    this.#lastError = error
    return true
  }

  #handle(): number {
    const handle = this.#handles++
    this.open.add(handle)
    return handle
  }

  EvtSubscribe(
    ...[, , , , bookmark, , , flags]: Parameters<Calls['EvtSubscribe']>
  ) {
    if (this.#fails('EvtSubscribe')) return 0
    const after = bookmark ? this.#bookmarked : undefined
    this.subscriptions.push({ from: String(after), flags })
    const oldest = (flags & 3) === 2
    this.#next = oldest
      ? 0
      : after === undefined
        ? this.records.length
        : this.records.findIndex((r) => r.number === after) + 1
    this.#isSignaled = true
    return this.#handle()
  }

  EvtNext(
    ...[, size, events, , , returned]: Parameters<Calls['EvtNext']>
  ): number {
    if (this.#fails('EvtNext')) return 0
    const some = this.records.slice(this.#next, this.#next + size)
    if (!some.length) {
      this.#lastError = codes.noMoreItems
      return 0
    }
    for (const [i, record] of some.entries()) {
      const handle = this.#handle()
      this.#events.set(handle, record)
      events[i] = BigInt(handle)
    }
    this.#next += some.length
    returned[0] = some.length
    return 1
  }

  EvtRender(
    ...[, fragment, flags, size, buffer, used]: Parameters<Calls['EvtRender']>
  ): number {
    const record = this.#events.get(Number(fragment))
    if (record?.isBad) {
      this.#lastError = 15_029
      return 0
    }
    const said =
      flags === 2
        ? `<BookmarkList><Bookmark RecordId='${this.#bookmarked}'/></BookmarkList>`
        : xml(record!.number, record!.more)
    const text = Buffer.from(`${said}\0`, 'utf16le')
    used[0] = text.length
    if (text.length > size) {
      this.#lastError = codes.insufficientBuffer
      return 0
    }
    text.copy(buffer!)
    return 1
  }

  EvtCreateBookmark(given: string | null): number {
    if (given !== null) this.#bookmarked = Number(/'(\d+)'/.exec(given)![1])
    return this.#handle()
  }

  EvtUpdateBookmark(...[, event]: Parameters<Calls['EvtUpdateBookmark']>) {
    this.#bookmarked = this.#events.get(Number(event))!.number
    return 1
  }

  EvtClose(handle: number | bigint): number {
    this.open.delete(Number(handle))
    return 1
  }

  CreateEventW(): number {
    return this.#handle()
  }

  WaitForSingleObject(): number {
    return this.#isSignaled ? 0 : 258
  }

  ResetEvent(): number {
    this.#isSignaled = false
    return 1
  }

  CloseHandle(handle: number | bigint): number {
    return this.EvtClose(handle)
  }

  GetLastError(): number {
    return this.#lastError
  }
}

class Heard implements ChannelListener {
  readonly numbers: number[] = []
  readonly lengths: number[] = []
  readonly told: (readonly [HealthKind, number])[] = []
  readonly problems: string[] = []
  position: Position = {}

  event(text: string): void {
    this.numbers.push(Number(/<EventRecordID>(\d+)</.exec(text)![1]))
    this.lengths.push(text.length)
  }

  reached(_channel: string, position: Position): void {
    this.position = position
  }

  health(kind: HealthKind, count: number): void {
    this.told.push([kind, count])
  }

  problem(message: string): void {
    this.problems.push(message)
  }
}

const numbered = (...numbers: readonly number[]) =>
  numbers.map((number) => ({ number }))

function follow(windows: FakeWindows, position?: Position) {
  const heard = new Heard()
  const channel = new Channel('Security', eventLogOf(windows), heard, position)
  let now = 0
  /** A minute later. */
  const poll = () => {
    channel.poll(now)
    now += 60_000
  }
  return { heard, channel, poll }
}

describe('a channel of the event log', () => {
  it('is told from now on, in order, and how far', () => {
    const windows = new FakeWindows()
    windows.write(...numbered(1, 2))
    const { heard, poll } = follow(windows)
    poll()
    windows.write(...numbered(3, 4))
    poll()
    expect(heard.numbers).toEqual([3, 4])
    expect(heard.position.number).toBe(4)
    expect(heard.told).toEqual([])
  })

  it('is told from where another run was, with what came meanwhile', () => {
    const windows = new FakeWindows()
    const first = follow(windows)
    first.poll()
    windows.write(...numbered(1, 2))
    first.poll()
    first.channel.close()
    windows.write(...numbered(3, 4))
    const { heard, poll } = follow(windows, first.heard.position)
    poll()
    expect(heard.numbers).toEqual([3, 4])
    expect(heard.told).toEqual([])
  })

  it('is read from its oldest record where the log does not hold the bookmark any more, and that is said', () => {
    const windows = new FakeWindows()
    windows.records = numbered(900, 901)
    windows.errors.set('EvtSubscribe', [codes.notFound])
    const bookmark = "<Bookmark RecordId='7'/>"
    const { heard, poll } = follow(windows, { bookmark, number: 7 })
    poll()
    expect(heard.numbers).toEqual([900, 901])
    expect(heard.told).toEqual([['dropped', 0]])
    // Else Windows would have begun anew without a word.
    expect(windows.subscriptions[0]!.flags).toBe(2)
  })

  it('goes on behind the last bookmark when results are stale', () => {
    const windows = new FakeWindows()
    const { heard, poll } = follow(windows)
    poll()
    windows.write(...numbered(1, 2))
    poll()
    windows.errors.set('EvtNext', [codes.queryResultStale])
    windows.write(...numbered(3))
    poll()
    poll()
    expect(heard.numbers).toEqual([1, 2, 3])
    expect(heard.problems).toEqual([])
    expect(windows.subscriptions.map((s) => s.flags)).toEqual([1, 3 | 0x1_0000])
  })

  it('says which numbers never came, and that it was cleared', () => {
    const windows = new FakeWindows()
    const { heard, poll, channel } = follow(windows)
    poll()
    windows.write(...numbered(10, 14, 15))
    poll()
    windows.write(...numbered(1))
    poll()
    expect(heard.told).toEqual([
      ['dropped', 3],
      ['log cleared', 1],
    ])
    expect(channel.lost).toBe(3)
  })

  it('loses one event that cannot be rendered, and no other of its batch', () => {
    const windows = new FakeWindows()
    const { heard, poll } = follow(windows)
    poll()
    windows.write({ number: 1 }, { number: 2, isBad: true }, { number: 3 })
    poll()
    expect(heard.numbers).toEqual([1, 3])
    expect(heard.told).toEqual([['dropped', 1]])
  })

  it('gives events that are larger than the buffer', () => {
    const windows = new FakeWindows()
    const { heard, poll } = follow(windows)
    poll()
    windows.write({ number: 1, more: 'x'.repeat(300_000) }, { number: 2 })
    poll()
    expect(heard.numbers).toEqual([1, 2])
    expect(heard.lengths[0]).toBeGreaterThan(300_000)
  })

  it('says once why it may not be read, tries again, and leaves no handle open', () => {
    const windows = new FakeWindows()
    const { accessDenied } = codes
    windows.errors.set('EvtSubscribe', [
      accessDenied,
      accessDenied,
      accessDenied,
    ])
    const { heard, poll, channel } = follow(windows)
    for (let i = 0; i < 3; i++) poll()
    expect(channel.isOpen).toBe(false)
    expect(heard.problems).toEqual([
      'Security: EvtSubscribe failed (5, accessDenied): it needs an administrator or the group Event Log Readers',
    ])
    expect(windows.open.size).toBe(0)
    poll()
    windows.write(...numbered(1))
    poll()
    expect(heard.numbers).toEqual([1])
    channel.close()
    expect(windows.open.size).toBe(0)
  })
})

describe('how far a sensor told', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ipcwatch-positions-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is taken out of its lines, and kept when what stands before it is durable', () => {
    const path = join(folder, 'positions.json')
    const kept = new KeptPositions(path)
    const position = { bookmark: "<Bookmark RecordId='7'/>", number: 7 }
    const lines = `{"a":1}\n${positionLine('Security', position)}\n{"a":2}\n`
    expect(kept.without(Buffer.from(lines)).toString()).toBe(
      '{"a":1}\n{"a":2}\n',
    )
    expect(readPositions(path)).toEqual({})
    kept.keep()
    expect(readPositions(path)).toEqual({ Security: position })
    expect(readFileSync(path, 'utf8')).toContain('Security')
  })

  it('is nothing where a file or a line says something else', () => {
    const path = join(folder, 'none.json')
    expect(readPositions(path)).toEqual({})
    const odd = '{"ipcwatch_position":["Security",7]}\n'
    expect(new KeptPositions(path).without(Buffer.from(odd)).toString()).toBe(
      odd,
    )
  })
})

describe('calls of Windows', () => {
  it.skipIf(!native())('are declared as koffi reads them', () => {
    for (const declared of Object.values(declarations)) {
      for (const as of Object.values(declared)) {
        // A name of its own: one process may declare a name once.
        const named = as.replace(/(\w+)\(/, 'Test$1(')
        expect(() => native()!.proto(named)).not.toThrow()
      }
    }
  })
})

describe.skipIf(process.platform === 'win32')(
  'a PowerShell that reads the event log',
  () => {
    let folder = ''
    let running: RunningSensor | undefined
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'ipcwatch-powershell-'))
    })
    afterEach(async () => {
      await running?.stop()
      rmSync(folder, { recursive: true })
    })

    const said = (what: string, text: string) =>
      `${what} ${[`Security`, text].map((t) => Buffer.from(t).toString('base64')).join(' ')}`

    /** A script in its place, which says these lines. */
    async function runs(lines: readonly string[], atLeast: number) {
      const program = join(folder, 'powershell')
      const echoes = lines.map((l) => `echo '${l}'`).join('\n')
      const asked = `echo "$IPCWATCH_CHANNELS" > ${join(folder, 'asked')}`
      writeFileSync(program, `#!/bin/sh\n${asked}\n${echoes}\nsleep 30\n`)
      chmodSync(program, 0o755)
      const positions = join(folder, 'positions.json')
      writeFileSync(positions, '{"Security":{"number":6}}')
      const told: string[] = []
      const warnings: string[] = []
      await new Promise<void>((resolve, reject) => {
        const emitter = new Emitter({
          sensor: 'event-log-powershell',
          bootId: '',
          write: (line) => {
            told.push(line)
            if (told.length >= atLeast) setTimeout(resolve, 100)
          },
        })
        const options = {
          scope: everything,
          emitter,
          channels: ['Security'],
          positions,
          failed: (why: string) => reject(new Error(why)),
          warn: (message: string) => warnings.push(message),
        }
        running = byPowerShell(program).start(options) as RunningSensor
      })
      return { told: told.map((l) => JSON.parse(l) as object), warnings }
    }

    it('goes on where another was; what never came, what could not be read and what hinders it is said', async () => {
      const { told, warnings } = await runs(
        [
          said('event', xml(7)),
          said('event', xml(9)),
          said('bad', 'no template'),
          said('event', xml(11)),
          said('trouble', 'access is denied'),
          said('trouble', 'access is denied'),
        ],
        8,
      )
      const asked = readFileSync(join(folder, 'asked'), 'utf8')
      expect(JSON.parse(asked)).toEqual([{ name: 'Security', number: 6 }])
      const kinds = told.map((t) =>
        'message' in t
          ? 'event'
          : 'ipcwatch_position' in t
            ? 'reached'
            : `${(t as { kind: string }).kind} ${(t as { count: number }).count}`,
      )
      expect(kinds).toEqual([
        'event',
        'reached',
        'dropped 1',
        'event',
        'reached',
        'dropped 1',
        'event',
        'reached',
      ])
      expect(warnings).toEqual(['Security: access is denied'])
      expect(running!.counts()).toEqual({ seen: 4, dropped: 1 })
    })
  },
)
