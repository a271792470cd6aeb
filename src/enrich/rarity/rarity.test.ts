import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Baseline } from './baseline.ts'
import { baselineLines } from './baseline-text.ts'
import { RarityJudge } from './judge.ts'
import { keyOfParts, rarityKinds, sightingKinds } from './kinds.ts'
import { BadBaseline, readBaseline } from './read-baseline.ts'
import { Sampled } from './sampled.ts'
import { countOf } from './sighting.ts'
import { Sightings } from './sightings.ts'
import { nameTemplate, pathTemplate } from './template.ts'

const start = Date.UTC(2026, 0, 1)

interface Seen {
  readonly what: number
  readonly at: number
  readonly host: number
  readonly record: number
}

const seen = fc.record({
  what: fc.nat(12),
  at: fc.nat(1_000_000),
  host: fc.nat(30),
  record: fc.nat(40),
})

function sightingsOf(all: readonly Seen[], bytes?: number): Sightings {
  const sightings = new Sightings('pipe', bytes)
  for (const { what, at, host, record } of all) {
    const key = keyOfParts([`\\pipe${what}`, 'c:\\x.exe'])
    sightings.see(key, start + at, `host${host}`, record)
  }
  return sightings
}

function textOf(...all: readonly Sightings[]): string {
  const baseline = new Baseline('all')
  for (const sightings of all) baseline.add(sightings.plain())
  return [...baselineLines(baseline)].join('')
}

function baselineFrom(text: string): Baseline {
  return readBaseline('read', text.split('\n').slice(0, -1))
}

describe('sightings', () => {
  it('are the same in any order, cut anywhere, in any number of threads', () => {
    fc.assert(
      fc.property(
        fc.array(seen),
        fc.array(fc.nat(4), { minLength: 1 }),
        (all, threads) => {
          const split = [0, 1, 2, 3, 4].map((thread) =>
            sightingsOf(
              all.filter((_, i) => threads[i % threads.length] === thread),
            ),
          )
          expect(textOf(...split)).toBe(textOf(sightingsOf(all)))
          expect(textOf(...split.toReversed())).toBe(
            textOf(sightingsOf(all.toReversed())),
          )
        },
      ),
    )
  })

  it('count a record that lies in several places once, while they are few', () => {
    const record = { what: 1, at: 5, host: 1, record: 7 }
    const twice = sightingsOf([record, { ...record }, { ...record, record: 8 }])
    const [[, sighting]] = twice.plain().sightings as [[string, never]]
    expect(countOf(sighting)).toBe(2)
  })

  it('keep the same where they are more than there is room for, and say how many are gone', () => {
    const many = Array.from({ length: 400 }, (_, what) => ({
      what,
      at: what,
      host: what % 3,
      record: what,
    }))
    const bytes = 20_000
    const inOrder = sightingsOf(many, bytes)
    const backwards = sightingsOf(many.toReversed(), bytes)
    expect(inOrder.plain()).toEqual(backwards.plain())
    expect(inOrder.size).toBeLessThan(60)
    expect(inOrder.letGo).toBeGreaterThan(200)
    const halves = new Sightings('pipe', bytes)
    halves.add(sightingsOf(many.slice(200), bytes).plain())
    halves.add(sightingsOf(many.slice(0, 200), bytes).plain())
    expect(halves.plain()).toEqual(inOrder.plain())
  })

  it('name so many hosts at most, the same ones in any order', () => {
    const hosts = Array.from({ length: 40 }, (_, host) => ({
      what: 1,
      at: 0,
      host,
      record: host,
    }))
    expect(textOf(sightingsOf(hosts))).toBe(
      textOf(sightingsOf(hosts.toReversed())),
    )
    expect(textOf(sightingsOf(hosts))).toContain('"moreHosts":true')
  })
})

describe('a table with a bound', () => {
  it('ends where keys are made to be kept', () => {
    const table = new Sampled<number>(10, 100)
    for (let i = 0; i < 1_000; i++) table.getOr(`k${i}`, () => i)
    expect(table.size).toBe(0)
  })
})

describe('baselines', () => {
  const some = fc.array(seen).map((all) => textOf(sightingsOf(all)))
  const merged = (...texts: readonly string[]) => {
    const all = new Baseline('all')
    for (const text of texts)
      for (const of of baselineFrom(text).plain()) all.add(of)
    return [...baselineLines(all)].join('')
  }

  it('read as they are written', () => {
    fc.assert(
      fc.property(some, (text) => {
        expect(merged(text)).toBe(text)
      }),
    )
  })

  it('are added in any order, however they are grouped', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(merged(a, b)).toBe(merged(b, a))
        expect(merged(merged(a, b), c)).toBe(merged(a, merged(b, c)))
      }),
    )
  })

  const head = '{"ipcwatch":"baseline","version":1}'
  const span =
    '"events":9,"first":"2026-01-01T00:00:00Z","last":"2026-01-02T00:00:00Z"'
  const pipes = `{"kind":"pipe",${span},"level":0,"hostLevel":0}`
  const row = (template: string, more = '"hosts":["a"]') =>
    `{"kind":"pipe","template":"${template}","owner":"x",${span},${more}}`

  it.each([
    ['nothing', [], 'line 1: it is empty'],
    ['something else', ['{"id":1}'], 'line 1: expected {"ipcwatch":"baseline"'],
    ['text', ['hello'], 'line 1: expected a JSON object'],
    ['a list', ['[]'], 'line 1: expected a JSON object'],
    [
      'another version',
      ['{"ipcwatch":"baseline","version":2}'],
      'line 1: expected version 1, found 2',
    ],
    [
      'a kind that there is not',
      [head, `{"kind":"__proto__",${span},"level":0,"hostLevel":0}`],
      'line 2: "kind": expected one of module',
    ],
    [
      'rows before it is said how many there are',
      [head, row('a')],
      'line 2: expected how many there are of kind pipe first',
    ],
    [
      'rows that are not sorted',
      [head, pipes, row('b'), row('a')],
      'line 4: it is not sorted',
    ],
    [
      'a row twice',
      [head, pipes, row('a'), row('a')],
      'line 4: it is not sorted, or stands there twice',
    ],
    [
      'a count that is none',
      [head, pipes.replace('9', '-1')],
      'line 2: "events": expected a whole number',
    ],
    [
      'more of one than there are of all',
      [head, pipes, row('a').replace('9', '10')],
      'line 3: "events": 10 are more than the 9 of all',
    ],
    [
      'a time that is none',
      [head, pipes.replace('2026-01-01T00:00:00Z', 'soon')],
      'line 2: "first": expected a time, found "soon"',
    ],
    [
      'an end before its beginning',
      [head, pipes.replace('2026-01-01', '2027-01-01')],
      'line 2: "first" is later than "last"',
    ],
    [
      'control characters',
      [head, pipes, row('\\u001b[2J')],
      'line 3: "template": expected text',
    ],
    [
      'no host',
      [head, pipes, row('a', '"hosts":[]')],
      'line 3: "hosts": expected 1 to 16 names in order, found []',
    ],
    [
      'a level beyond all',
      [head, pipes.replace('"level":0', '"level":99')],
      'line 2: "level": expected a whole number up to 31',
    ],
    [
      'a line without end',
      [head, `{"x":"${'x'.repeat(70_000)}"}`],
      'line 2: it is longer than 65536 characters',
    ],
  ])('with %s are refused, with the place', (_what, lines, message) => {
    expect(() => readBaseline('x', lines)).toThrow(BadBaseline)
    expect(() => readBaseline('x', lines)).toThrow(message)
  })

  it('that are torn or changed anywhere are read or refused, never anything else', () => {
    const text = [head, pipes, row('a'), row('b')].join('\n')
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.string({ maxLength: 6 }),
        (at, put) => {
          const changed = text.slice(0, at) + put + text.slice(at + put.length)
          try {
            readBaseline('x', changed.split('\n'))
          } catch (error) {
            expect(error).toBeInstanceOf(BadBaseline)
          }
        },
      ),
    )
  })
})

describe('what is rare', () => {
  function judgeOf(hosts: number, own = false): RarityJudge {
    const baseline = new Baseline('it')
    const { pipe } = baseline.of
    for (let host = 0; host < hosts; host++)
      for (let i = 0; i < 10; i++)
        pipe.see(
          keyOfParts([host === 0 ? '\\one' : '\\all', 'x']),
          start + i,
          `h${String(host).padStart(3, '0')}`,
          host * 100 + i,
        )
    return new RarityJudge(baseline, own)
  }

  it('is what is on one host in a hundred, however often', () => {
    expect(judgeOf(100).judge('pipe', ['\\one', 'x'])).toMatchObject({
      rare: 'true',
      count: 10,
      hosts: 1,
    })
    expect(judgeOf(99).judge('pipe', ['\\one', 'x']).rare).toBe('false')
    expect(judgeOf(100).judge('pipe', ['\\all', 'x']).rare).toBe('false')
  })

  it('is of an interpreter what its host seldom runs, on however many hosts others run it', () => {
    const baseline = new Baseline('it')
    const { interpreter } = baseline.of
    for (let host = 0; host < 200; host++) interpreter.out(start, `h${host}`)
    for (let i = 0; i < 200; i++) interpreter.out(start + i, 'ws1')
    const often = ['powershell.exe', 'explorer.exe', 'ws1']
    for (let i = 0; i < 9; i++)
      interpreter.see(keyOfParts(often), start + i, 'ws1')
    const judge = new RarityJudge(baseline, true)
    expect(judge.judge('interpreter', often).rare).toBe('false')
    expect(judge.judge('interpreter', ['perl', 'cron', 'ws1']).rare).toBe(
      'true',
    )
  })

  it('is the first run of an interpreter where the host was followed for thirty days', () => {
    const day = 24 * 3_600_000
    const baseline = new Baseline('this input')
    const { interpreter } = baseline.of
    for (let i = 0; i <= 1_000; i++)
      interpreter.out(start + (i % 41) * day, 'ws1')
    for (let i = 0; i <= 40; i++) interpreter.out(start + i * day, 'ws2')
    const key = keyOfParts(['wscript.exe', 'explorer.exe', 'ws1'])
    interpreter.see(key, start + 31 * day, 'ws1')
    interpreter.see(key, start + 32 * day, 'ws1')
    const judge = new RarityJudge(baseline, true)
    const first = (days: number) =>
      judge.first('wscript.exe', 'ws1', start + days * day).rare
    expect(first(31)).toBe('true')
    expect(first(32)).toBe('false')
    expect(judge.first('perl', 'ws1', start + 20 * day).rare).toBe('unknown')
    expect(judge.first('perl', 'ws1', start + 40 * day).rare).toBe('true')
    expect(judge.first('perl', 'ws2', start + 40 * day).rare).toBe('unknown')
  })

  it('has names of its own for each kind', () => {
    const fields = rarityKinds.map((kind) => sightingKinds[kind].field)
    expect(new Set(fields).size).toBe(rarityKinds.length)
  })
})

describe('a path without what varies', () => {
  it.each([
    ['C:\\Users\\Ana B\\AppData\\x.exe', 'c:\\users\\*\\appdata\\x.exe'],
    [
      '"C:\\Program Files\\App\\1.2.30\\a.exe"',
      'c:\\program files\\app\\#\\a.exe',
    ],
    ['\\??\\C:\\Windows\\System32\\a.dll', 'c:\\windows\\system32\\a.dll'],
    ['\\Device\\HarddiskVolume3\\Windows\\a.dll', 'c:\\windows\\a.dll'],
    ['%SystemRoot%\\a.dll', 'c:\\windows\\a.dll'],
    [
      'C:\\Users\\bo\\AppData\\Local\\Temp\\is-7K2.tmp\\deep\\setup.exe',
      'c:\\users\\*\\appdata\\local\\temp\\*\\setup.exe',
    ],
    ['/home/ana/.local/bin/x', '/home/*/.local/bin/x'],
    ['/tmp/ssh-Ab12/agent.1234', '/tmp/*/agent.#'],
    ['/run/user/1000/bus', '/run/user/#/bus'],
  ])('%s is %s', (path, template) => {
    expect(pathTemplate(path)).toBe(template)
  })

  it('names libraries without their version', () => {
    expect(nameTemplate('C:\\x\\libcef-117.2.DLL')).toBe('libcef-#.dll')
    expect(nameTemplate('C:\\x\\python311.dll')).toBe('python311.dll')
  })
})
