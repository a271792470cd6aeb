// What is rare by the input itself is the same with any number of threads, in any order of files; by a baseline it is that of the baseline;
// and who does not ask does not pay.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { baselineOf as baselineOfType } from '../src/app/baseline/baseline-file.ts'
import type { buildBaseline as buildType } from '../src/app/baseline/build.ts'
import type { hunt as huntType } from '../src/app/hunt/hunt.ts'
import { scanTrack } from '../src/app/stations/scan-track.ts'
import type { scan as scanType } from '../src/app/scan/scan.ts'
import { openJoin } from '../src/app/scan/join.ts'
import { jobOf } from '../src/app/scan/parts.ts'
import type { RulesInForce } from '../src/app/scan/rules-in-force.ts'
import { baselineLines } from '../src/enrich/rarity/baseline-text.ts'
import type { Event } from '../src/event/event.ts'
import type { Finding } from '../src/findings/finding.ts'
import type { Predicate } from '../src/ir/predicate.ts'
import { caseEvent } from './tools/edges-of.ts'
import { ruleOf } from './tools/event-of.ts'

// Threads run compiled code.
const { scan } = (await import('../dist/app/scan/scan.js' as string)) as {
  scan: typeof scanType
}
const { buildBaseline } = (await import(
  '../dist/app/baseline/build.js' as string
)) as { buildBaseline: typeof buildType }
const { hunt } = (await import('../dist/app/hunt/hunt.js' as string)) as {
  hunt: typeof huntType
}
const { baselineOf } = (await import(
  '../dist/app/baseline/baseline-file.js' as string
)) as { baselineOf: typeof baselineOfType }

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-rarity-'))
afterAll(() => rmSync(folder, { recursive: true }))
const inFolder = (name: string) => join(folder, name)

const files = 6
const lines: string[][] = Array.from({ length: files }, () => [])
const record = (i: number, fields: object) => {
  const at = new Date(Date.UTC(2026, 0, 2, 3) + i * 1_000).toISOString()
  return JSON.stringify({
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: `WS${i % 3}`,
    EventRecordID: i,
    UtcTime: at.replace('T', ' ').replace('Z', ''),
    ...fields,
  })
}
const load = (i: number, name: string) =>
  record(i, {
    EventID: 7,
    Image: 'C:\\Windows\\explorer.exe',
    ImageLoaded: `C:\\Data\\${name}.dll`,
    Signed: 'false',
    ProcessId: 100 + (i % 3),
  })
for (let i = 0; i < 1_200; i++)
  lines[i % files]!.push(load(i, i % 400 === 7 ? 'seldom' : `usual${i % 7}x`))
for (let i = 2_000; i < 2_400; i++)
  lines[i % files]!.push(
    record(i, {
      EventID: 1,
      Image:
        i === 2_100
          ? 'C:\\Windows\\System32\\wscript.exe'
          : 'C:\\Windows\\System32\\cmd.exe',
      CommandLine: 'x',
      ProcessId: i,
      ParentProcessId: 50,
      ParentImage: 'C:\\Windows\\explorer.exe',
    }),
  )
const paths = lines.map((of, n) => {
  const path = join(folder, `${n}.jsonl`)
  writeFileSync(path, `${of.join('\n')}\n`)
  return path
})
const rules = join(folder, 'rules.yml')
const ruleText = (
  field: string,
  category: string,
  n: number,
) => `title: ${field}
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9b1${n}
logsource: { category: ${category} }
detection: { rare: { ${field}: true }, condition: rare }
level: low
`
writeFileSync(
  rules,
  `${ruleText('RareModule', 'image_load', 1)}---\n${ruleText('RareInterpreter', 'process_creation', 2)}`,
)
const signal = new AbortController().signal
const told = (message: string) => expect.unreachable(message)
const request = { builtin: false, paths: [rules] }

async function findings(
  workers: number,
  order: readonly string[],
  baseline?: string,
) {
  const found: Finding[] = []
  const summary = await scan(
    {
      paths: order,
      rules: request,
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers,
      ...(baseline !== undefined && { baseline: baselineOf(baseline) }),
    },
    {
      finding: (f) => found.push(JSON.parse(f.text()) as Finding),
      diagnostic: (d) => told(d.message),
      problem: told,
      progress: () => {},
    },
    signal,
  )
  return { found, blind: summary.rules.blind }
}

async function built(workers: number, order: readonly string[]) {
  const { baseline } = await buildBaseline(
    { paths: order, workers, scope: { hosts: [] } },
    { unusable: told, problem: told },
    signal,
  )
  return [...baselineLines(baseline)].join('')
}

describe('what is rare', () => {
  it('is told by the input itself, alike in any order and with any number of threads', async () => {
    const alone = await findings(0, paths)
    expect(alone.blind).toEqual([])
    const titles = alone.found.map((f) => f.rule.title)
    expect(titles).toEqual([
      ...['RareModule', 'RareModule', 'RareModule'],
      'RareInterpreter',
    ])
    expect(alone.found[0]!.evidence[0]!.fields).toMatchObject({
      RareModule: 'true',
      RareModuleReason:
        '3 of 1,200 module loads, on 3 of 3 hosts, first 2026-01-02T03:00:07.000Z, last 2026-01-02T03:13:27.000Z: seldom.dll, unsigned, c:\\windows\\explorer.exe; this input is of 2026-01-02T03:00:00.000Z to 2026-01-02T03:19:59.000Z',
    })
    expect(await findings(3, paths)).toEqual(alone)
    expect(await findings(2, paths.toReversed())).toEqual(alone)
  })

  it('is told by a baseline, which is the same with any number of threads', async () => {
    const text = await built(0, paths)
    expect(await built(3, paths.toReversed())).toBe(text)
    const usual = join(folder, 'usual.ndjson')
    writeFileSync(usual, text)
    const now = join(folder, 'now.jsonl')
    writeFileSync(now, `${load(9_000, 'usual3x')}\n${load(9_001, 'never')}\n`)
    const { found } = await findings(0, [now], usual)
    expect(found.map((f) => f.evidence[0]!.fields.RareModuleReason)).toEqual([
      expect.stringMatching(
        /^0 of 1,200 module loads.*: never\.dll, .*the baseline usual\.ndjson is of/,
      ),
    ])
  })

  it('is unknown where little was seen, and the rule is blind, and says why', async () => {
    const few = join(folder, 'few.jsonl')
    writeFileSync(few, `${load(1, 'never')}\n`)
    const { found, blind } = await findings(0, [few])
    expect(found).toEqual([])
    expect(blind.map((b) => b.why)).toEqual([
      'RareModule is unknown: this input has 1 module loads; to say what is rare takes 1,000',
      expect.stringContaining('no event of'),
    ])
  })
})

describe('a search', () => {
  async function rows(search: string, workers: number, order = paths) {
    const { result } = await hunt(
      {
        search,
        paths: order,
        macros: new Map(),
        lookups: new Map(),
        now: 1_800_000_000,
        explain: false,
        scope: { hosts: [] },
        workers,
      },
      { diagnostic: (d) => told(d.message), unusable: told, problem: told },
      signal,
    )
    const { rows, columns } = result!
    return rows.map((r) => columns.map((c) => r.get(c)))
  }

  it.each([
    [
      'EventCode=7 RareModule=true | stats count by ImageLoaded RareModuleCount',
      [['C:\\Data\\seldom.dll', 3, 3]],
    ],
    [
      'EventCode=7 | stats count by RareModule',
      [
        ['false', 1_197],
        ['true', 3],
      ],
    ],
    [
      'EventCode=1 InterpreterLineage=explorer.exe | where RareInterpreter="true" | table Image',
      [['C:\\Windows\\System32\\wscript.exe']],
    ],
  ])(
    'for what is rare gives the same rows in any order: %s',
    async (search, expected) => {
      expect(await rows(search, 0)).toEqual(expected)
      expect(await rows(search, 3, paths.toReversed())).toEqual(expected)
    },
  )
})

describe('a scan', () => {
  const is = (field: string, text: string): Predicate => ({
    kind: 'text',
    field,
    pattern: [text],
    cased: false,
  })
  const asking = (image: string): Predicate => ({
    kind: 'and',
    of: [is('Image', image), is('RareModule', 'true')],
  })

  /** What is done with one event: how many of its values are decoded, and what is to be counted for it. */
  async function spent(condition: Predicate) {
    const rule = ruleOf(condition, { category: 'image_load' })
    const join = await openJoin([rule])
    const found = { rules: [rule], searches: [] } as unknown as RulesInForce
    const how = { index: true, routing: true, hosts: [] }
    const track = await scanTrack(jobOf(found, how, join))
    const collectors = join?.collectors({
      finding: told,
      event: () => {},
      note: told,
    })
    let values = 0
    const event = caseEvent(
      { at: 0, windows: 'image_load', Image: 'b', ImageLoaded: 'c' },
      1,
    )
    track.meet({
      ...event,
      value: (i) => {
        values++
        return event.value(i)
      },
    } satisfies Event)
    for (const part of track.drain())
      collectors?.find((c) => c.takes === part.kind)?.take(part)
    return { values, counted: join?.awaited() }
  }

  it('whose rules do not ask what is rare decodes nothing for it and counts nothing', async () => {
    expect(await spent(is('Image', 'a'))).toEqual({
      values: 1,
      counted: undefined,
    })
  })

  it('that comes by nothing that may be rare counts nothing', async () => {
    expect(await spent(asking('a'))).toEqual({ values: 1, counted: [] })
    expect((await spent(asking('b'))).counted).toEqual(['module'])
  })

  it('counts in pieces behind the first event that waits, and says which', async () => {
    const rule = ruleOf(asking('b'), { category: 'image_load' })
    const join = await openJoin([rule])
    const found = { rules: [rule], searches: [] } as unknown as RulesInForce
    const how = { index: true, routing: true, hosts: [] }
    const track = await scanTrack(jobOf(found, how, join, 'late'))
    const path = inFolder('late.jsonl')
    writeFileSync(
      path,
      JSON.stringify({
        Provider_Name: 'Microsoft-Windows-Sysmon',
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        EventID: 7,
        UtcTime: '2026-01-02 03:04:05.678',
        Image: 'b',
        ImageLoaded: 'c',
      }),
    )
    const kinds: string[] = []
    const read = async () => {
      const piece = { path, display: path, bytes: 1 }
      const report = await track.read(piece, ({ parts }) =>
        kinds.push(...parts.map((p) => p.kind)),
      )
      return report.isCounted ?? false
    }
    expect([await read(), await read()]).toEqual([false, true])
    // The same event waits once.
    expect(kinds).toEqual(['facts', 'sightings'])
  })
})
