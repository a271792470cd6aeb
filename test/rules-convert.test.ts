// Rules written in another language hold on the same events: every rule of the content, on all of its own evidence.
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pythonWith } from './tools/python.ts'

import { edgeCategory } from '../src/enrich/edges/edge-event.ts'

import { loadRules } from '../src/content/load.ts'

import { baselineOf } from '../src/app/baseline/baseline-file.ts'
import { hunt, type HuntRequest } from '../src/app/hunt/hunt.ts'
import {
  type Conversion,
  convert,
  type Target,
} from '../src/app/rules/convert.ts'
import { scan } from '../src/app/scan/scan.ts'
import { scheduleOf } from '../src/app/schedule/schedule-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'convert-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const slow = 600_000
const never = new AbortController().signal

interface Piece {
  readonly file: string
  readonly baseline?: ReturnType<typeof baselineOf>
  readonly schedule?: ReturnType<typeof scheduleOf>
}

function evidenceOf(rule: string): Piece[] {
  const beside = (name: string) => join(dirname(rule), 'with', name)
  const baseline = beside('baseline.ndjson')
  const schedule = beside('schedule.yml')
  const given = {
    ...(existsSync(baseline) && { baseline: baselineOf(baseline) }),
    ...(existsSync(schedule) && { schedule: scheduleOf(schedule, () => {}) }),
  }
  return ['fires', 'silent', 'gaps'].flatMap((kind) => {
    const dir = join(dirname(rule), kind)
    const names = existsSync(dir) ? readdirSync(dir).sort() : []
    return names.map((name) => ({ file: join(dir, name), ...given }))
  })
}

/** Records that findings of a rule point at, and of each finding the one that it was made at. */
interface Found {
  readonly records: readonly string[]
  readonly firsts: readonly string[]
}

/** Of the rules as they are: asked by more than one test. */
const known = new Map<string, Promise<Found>>()

function foundHere(rule: string, piece: Piece): Promise<Found> {
  const asked = known.get(piece.file) ?? found(rule, piece)
  known.set(piece.file, asked)
  return asked
}

/** What could not be loaded throws. */
async function found(rule: string, { file, ...given }: Piece): Promise<Found> {
  const records = new Set<string>()
  const firsts: string[] = []
  await scan(
    {
      paths: [file],
      rules: { paths: [rule], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
      ...(given as object),
    },
    {
      finding(f) {
        const { evidence } = JSON.parse(f.text())
        const places: string[] = evidence.map(
          (e: { file: string; record: number }) => `${e.file}#${e.record}`,
        )
        for (const place of places) records.add(place)
        firsts.push(places[0]!)
      },
      diagnostic(d) {
        if (d.severity === 'error') throw new Error(`${rule}: ${d.message}`)
      },
      problem() {},
      progress() {},
    },
    never,
  )
  return { records: [...records].sort(), firsts: firsts.sort() }
}

async function rowsOf(search: string, { file, baseline }: Piece) {
  const request: HuntRequest = {
    search: readFileSync(search, 'utf8'),
    file: search,
    paths: [file],
    macros: new Map(),
    lookups: new Map(),
    now: 0,
    explain: false,
    scope: { hosts: [] },
    workers: 0,
    ...(baseline && { baseline }),
  }
  const listener = {
    diagnostic(d: { severity: string; message: string }) {
      if (d.severity === 'error') throw new Error(`${search}: ${d.message}`)
    },
    problem() {},
    unusable() {},
  }
  const { result } = await hunt(request, listener, never)
  if (!result || result.refusal)
    throw new Error(`${search}: ${result?.refusal?.message}`)
  return result.rows.length
}

let conversions: Record<Target, readonly Conversion[]>
const fileOf = (target: Target, id: string) =>
  join(folder, target, `${id}.${target === 'sigma' ? 'yml' : 'spl'}`)

beforeAll(async () => {
  const set = await loadRules({ paths: [], builtin: true, cache: false })
  const of = (target: Target) =>
    convert([...set.rules, ...set.searches], set.rules, target)
  conversions = { sigma: of('sigma'), spl: of('spl') }
  for (const target of ['sigma', 'spl'] as const) {
    mkdirSync(join(folder, target))
    for (const c of conversions[target]) {
      if (c.kind === 'written')
        writeFileSync(fileOf(target, c.rule.meta.id), c.text)
    }
  }
}, slow)

/** A search within a search runs in hunt alone, where the test after next meets it. */
const isRule = ({ rule }: Conversion, target: Target) =>
  target === 'sigma' || rule.kind === 'detection'

/** Rows of "where" name the record that made an edge known, not both of its sides: so do their findings. */
const namesOneSide = ({ rule }: Conversion, text: string) =>
  rule.kind === 'detection' &&
  rule.logSource.category === edgeCategory &&
  text.includes('\n| where ')

async function differences(target: Target): Promise<string[]> {
  const wrong: string[] = []
  for (const c of conversions[target]) {
    if (c.kind !== 'written' || !isRule(c, target)) continue
    const { id, file } = c.rule.meta
    for (const piece of evidenceOf(file!)) {
      const here = await foundHere(file!, piece)
      const there = await found(fileOf(target, id), piece)
      const of = namesOneSide(c, c.text) ? 'firsts' : 'records'
      if (JSON.stringify(here[of]) !== JSON.stringify(there[of]))
        wrong.push(`${piece.file}: ${here[of]} became ${there[of]}`)
    }
  }
  return wrong
}

describe('rules convert', () => {
  it(
    'Sigma finds the same events on the evidence of every rule',
    async () => {
      expect(await differences('sigma')).toEqual([])
    },
    slow,
  )

  it(
    'SPL finds the same events on the evidence of every rule',
    async () => {
      expect(await differences('spl')).toEqual([])
    },
    slow,
  )

  it(
    'SPL runs in hunt, and has rows exactly where its rule fires',
    async () => {
      const wrong: string[] = []
      for (const c of conversions.spl) {
        if (c.kind !== 'written') continue
        const { id, file } = c.rule.meta
        for (const piece of evidenceOf(file!)) {
          if (piece.schedule) continue
          const fires = (await foundHere(file!, piece)).records.length > 0
          const rows = await rowsOf(fileOf('spl', id), piece)
          if (fires !== rows > 0) wrong.push(`${piece.file}: ${rows} rows`)
        }
      }
      expect(wrong).toEqual([])
    },
    slow,
  )

  it('every rule is written but for searches: as Splunk has them already, or over rows that a command made', () => {
    const unsaid = (target: Target) =>
      conversions[target].flatMap((c) =>
        c.kind === 'unsayable' ? [[c.rule.kind, c.why] as const] : [],
      )
    expect(conversions.sigma.length).toBeGreaterThan(250)
    for (const [kind, why] of unsaid('sigma')) {
      expect(kind, why).toBe('search')
      expect(why).toMatch(/^its "\w+" decides over rows that earlier commands/)
    }
    for (const [kind, why] of unsaid('spl')) {
      expect(kind, why).toBe('search')
      expect(why).toBe('it is a Splunk search already')
    }
  })

  const python = pythonWith('sigma.collection')
  it.skipIf(!python)(
    'pySigma loads what is written',
    () => {
      const script = join('test', 'tools', 'load_sigma.py')
      const out = execFileSync(python!, [script, join(folder, 'sigma')], {
        encoding: 'utf8',
      })
      expect(JSON.parse(out)).toEqual({
        loaded: conversions.sigma.filter((c) => c.kind === 'written').length,
        refused: [],
      })
    },
    slow,
  )
})
