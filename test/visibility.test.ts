import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { fieldOf } from '../src/event/event.ts'
import { eventKind } from '../src/event/sources/windows.ts'

import type { Rule } from '../src/ir/rule.ts'

import { type Element, readXmlTree } from '../src/base/xml-tree.ts'

import { loadRules } from '../src/content/load.ts'
import { measures } from '../src/content/visibility.ts'

import { readEvents } from '../src/app/input.ts'
import type { AnyRule } from '../src/app/rules/parts.ts'
import { scan } from '../src/app/scan/scan.ts'
import { promised } from '../src/app/visibility/promise.ts'
import { measuresFor } from '../src/app/visibility/sight.ts'
import { tooWide } from '../src/app/visibility/sysmon-config.ts'
import {
  isForPlatforms,
  visibility,
  visibilityOfNothing,
} from '../src/app/visibility/visibility.ts'
import { auditLines, filesOf } from '../src/app/visibility/write.ts'

import { run as runProduct } from './tools/product.ts'

const folder = mkdtempSync(join(tmpdir(), 'visibility-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const slow = 600_000
const never = new AbortController().signal
const silent = { unusable() {}, problem() {}, note() {} }

let rules: readonly AnyRule[]
let byId: ReadonlyMap<string, Rule>
let files: ReadonlyMap<string, string>
let promise: ReturnType<typeof promised>

beforeAll(async () => {
  const set = await loadRules({ paths: [], builtin: true, cache: false })
  rules = [...set.rules.filter((r) => r.emits), ...set.searches]
  byId = new Map(set.rules.map((r) => [r.meta.id, r]))
  const chosen = new Set(rules.flatMap((r) => measuresFor(r, byId)))
  promise = promised(rules, byId, chosen)
  files = new Map(
    filesOf(promise.measures, promise.asking).map((f) => [f.name, f.text]),
  )
})

const parseXml = (text: string) => {
  const { root, fault } = readXmlTree(text)
  expect(fault).toBeUndefined()
  return root.children[0]!
}

/** Names of events in configurations, and conditions: the page of Sysmon, "Event filtering entries". */
const tags = new Map([
  ['ProcessCreate', [1]],
  ['FileCreateTime', [2]],
  ['NetworkConnect', [3]],
  ['ProcessTerminate', [5]],
  ['DriverLoad', [6]],
  ['ImageLoad', [7]],
  ['CreateRemoteThread', [8]],
  ['RawAccessRead', [9]],
  ['ProcessAccess', [10]],
  ['FileCreate', [11]],
  ['RegistryEvent', [12, 13, 14]],
  ['FileCreateStreamHash', [15]],
  ['PipeEvent', [17, 18]],
  ['WmiEvent', [19, 20, 21]],
  ['DnsQuery', [22]],
  ['FileDelete', [23]],
  ['ClipboardChange', [24]],
  ['ProcessTampering', [25]],
  ['FileDeleteDetected', [26]],
  ['FileBlockExecutable', [27]],
  ['FileBlockShredding', [28]],
  ['FileExecutableDetected', [29]],
])
const conditions = new Set([
  'is',
  'is any',
  'is not',
  'contains',
  'contains any',
  'contains all',
  'excludes',
  'excludes any',
  'excludes all',
  'begin with',
  'not begin with',
  'end with',
  'not end with',
  'less than',
  'more than',
  'image',
])

function eventGroups(): readonly Element[] {
  const root = parseXml(files.get('sysmon.xml')!)
  const filtering = root.children.find((c) => c.name === 'EventFiltering')!
  return filtering.children.flatMap((group) => {
    expect(group.name).toBe('RuleGroup')
    expect(group.attributes).toEqual({ name: '', groupRelation: 'or' })
    return group.children
  })
}

/** As Sysmon decides: an include keeps what meets any condition, an empty exclude all. */
function keeps(id: number, value: (field: string) => unknown): boolean {
  const group = eventGroups().find((g) => tags.get(g.name)!.includes(id))
  if (!group) return false
  if (group.attributes.onmatch === 'exclude') return true
  return group.children.some(({ name, attributes, text }) => {
    const own = String(value(name) ?? '').toLowerCase()
    const wanted = text.toLowerCase()
    switch (attributes.condition) {
      case 'is':
        return own === wanted
      case 'contains':
        return own.includes(wanted)
      case 'begin with':
        return own.startsWith(wanted)
      default:
        return own.endsWith(wanted)
    }
  })
}

const fires = (rule: AnyRule) => {
  const dir = join(dirname(rule.meta.file!), 'fires')
  return existsSync(dir)
    ? readdirSync(dir)
        .sort()
        .map((name) => join(dir, name))
    : []
}

interface Evidence {
  readonly file: string
  readonly record: number
}

async function evidenceOf(rule: AnyRule, file: string): Promise<Evidence[]> {
  const found: Evidence[] = []
  await scan(
    {
      paths: [file],
      rules: { paths: [rule.meta.file!], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
    },
    {
      finding: (f) => {
        for (const e of JSON.parse(f.text()).evidence) found.push(e)
      },
      diagnostic() {},
      problem() {},
      progress() {},
    },
    never,
  )
  return found
}

describe('what is written to be switched on', () => {
  it('is there for every rule', () => {
    const without = rules.filter((r) => measuresFor(r, byId).length === 0)
    expect(without.map((r) => r.meta.title)).toEqual([])
  })

  it('says what each measure costs, and where that is told', () => {
    for (const m of measures()) {
      expect(m.cost.length).toBeGreaterThan(2)
      expect(m.reference).toMatch(/^https:\/\//)
    }
  })

  it('names subcategories by their GUIDs, and backs up what was set before', () => {
    const text = files.get('audit-policy.ps1')!
    const set = text.match(/^auditpol \/set .*/gm)!
    expect(set.length).toBeGreaterThan(5)
    for (const line of set)
      expect(line).toMatch(
        /\/subcategory:"\{0CCE92[0-9A-F]{2}-69AE-11D9-BED3-505054503030\}" \/success:enable/,
      )
    expect(text.indexOf('/backup')).toBeLessThan(text.indexOf('/set'))
  })

  it('has the audit rules that the page of the log source shows', () => {
    const page = readFileSync('content/log-sources/linux-audit.md', 'utf8')
    const shown = /```\n(-a [^`]*)```/.exec(page)![1]!.trim().split('\n')
    const lines = measures().flatMap((m) =>
      m.means === 'audit-rules' ? m.lines : [],
    )
    expect(shown).toEqual(lines)
  })

  it('is a configuration of the schema of Sysmon 15', () => {
    const root = parseXml(files.get('sysmon.xml')!)
    expect(root.name).toBe('Sysmon')
    expect(root.attributes).toEqual({ schemaversion: '4.90' })
    const seen = new Set<string>()
    for (const group of eventGroups()) {
      const ids = tags.get(group.name)
      expect(ids, group.name).toBeDefined()
      // One include and one exclude of an event; here one of them.
      expect(seen.has(group.name)).toBe(false)
      seen.add(group.name)
      expect(group.attributes.onmatch).toMatch(/^(?:include|exclude)$/)
      const fields = new Set(
        ids!.flatMap((id) => eventKind('sysmon', String(id))?.fields ?? []),
      )
      for (const { name, attributes, text } of group.children) {
        expect(fields.has(name), `${group.name} ${name}`).toBe(true)
        expect(conditions.has(attributes.condition!)).toBe(true)
        expect(text).not.toBe('')
      }
      const lines = group.children.map((c) => JSON.stringify(c))
      expect(new Set(lines).size).toBe(lines.length)
    }
  })

  it(
    'lets through Sysmon what each rule fires on, but for those that it says to leave out',
    async () => {
      const sysmon = promise.measures.filter((m) => m.means === 'sysmon')
      const wide = tooWide(sysmon, promise.asking)
      expect(wide.size).toBeLessThan(6)
      // Services are told of by the System log, whatever Sysmon leaves out.
      const elsewhere = new Set(
        promise.asking
          .filter((a) => a.needs.some((n) => n.by.includes('collect-system')))
          .map((a) => a.id),
      )
      const lost: string[] = []
      let met = 0
      for (const rule of rules) {
        if (wide.has(rule.meta.title) || elsewhere.has(rule.meta.id)) continue
        for (const file of fires(rule)) {
          const records = new Set(
            (await evidenceOf(rule, file)).map((e) => e.record),
          )
          await readEvents(
            [file],
            (event) => {
              const { logSource, provenance } = event.shape
              if (!logSource.service?.includes('sysmon')) return
              if (logSource.product !== 'windows') return
              if (!records.has(event.origin.record)) return
              met++
              const isKept = keeps(Number(provenance.id), (f) =>
                fieldOf(event, f),
              )
              if (!isKept) lost.push(`${file}#${event.origin.record}`)
            },
            silent,
            never,
          )
        }
      }
      expect(lost).toEqual([])
      expect(met).toBeGreaterThan(100)
    },
    slow,
  )

  it(
    'gives audit the calls that each Linux rule fires on',
    async () => {
      const audited = new Set(
        promise.measures.flatMap((m) =>
          m.means === 'audit-rules'
            ? auditLines(m).flatMap((l) =>
                (/-S (\S+)/.exec(l)?.[1] ?? 'openat').split(','),
              )
            : [],
        ),
      )
      const lost = new Set<string>()
      for (const rule of rules) {
        for (const file of fires(rule)) {
          if (!/linux/.test(file)) continue
          const records = new Set(
            (await evidenceOf(rule, file)).map((e) => e.record),
          )
          await readEvents(
            [file],
            (event) => {
              if (event.shape.provenance.family !== 'linux-audit') return
              const call = fieldOf(event, 'SyscallName')
              if (!records.has(event.origin.record) || call == null) return
              if (!audited.has(String(call))) lost.add(`${call}: ${file}`)
            },
            silent,
            never,
          )
        }
      }
      expect([...lost]).toEqual([])
    },
    slow,
  )

  it(
    'is seen: of events under it coverage says so for what was promised',
    async () => {
      const paths = rules.flatMap(fires)
      const request = {
        paths,
        rules: { paths: [], builtin: true },
        selection: { rules: [], techniques: [] },
        hosts: [],
        index: true,
        routing: true,
        workers: 0,
      }
      const found = await visibility(
        { scan: request, rules, byId },
        () => {},
        never,
      )
      const promisedIds = new Set(promise.asking.map((a) => a.id))
      const blind = found.rules.filter(
        (r) => r.sight === 'blind' && promisedIds.has(r.rule.meta.id),
      )
      // What is out of cycle or rare is told by a schedule and a baseline.
      const other = blind.filter((r) => !/is unknown: /.test(r.why ?? ''))
      expect(other.map((r) => `${r.rule.meta.title}: ${r.why}`)).toEqual([])
    },
    slow,
  )
})

describe('coverage of a host that writes nothing', () => {
  it('is blind, and names what is to be switched on there and nowhere else', () => {
    const found = visibilityOfNothing(rules, byId, 'macos')
    expect(found.rules.length).toBeGreaterThan(15)
    expect(found.rules.every((r) => r.sight === 'blind' && r.why)).toBe(true)
    const named = new Set(found.rules.flatMap((r) => r.switchOn))
    const own = measures().filter(
      (m) => named.has(m.id) && isForPlatforms(m, found),
    )
    expect(own.map((m) => m.id)).toContain('macos-xpc-connect')
    for (const m of own) expect(m.platform).toMatch(/^(?:macos|any)$/)
  })
})

describe('coverage over time', () => {
  const event = (day: number, source: 'sysmon' | 'security', host: string) => {
    const time = `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`
    return JSON.stringify(
      source === 'sysmon'
        ? {
            Channel: 'Microsoft-Windows-Sysmon/Operational',
            Provider_Name: 'Microsoft-Windows-Sysmon',
            EventID: 1,
            Computer: host,
            TimeCreated: time,
            Image: 'C:\\Windows\\notepad.exe',
            CommandLine: 'notepad',
            ParentImage: 'C:\\Windows\\explorer.exe',
            ProcessId: day,
          }
        : {
            Channel: 'Security',
            Provider_Name: 'Microsoft-Windows-Security-Auditing',
            EventID: 4624,
            Computer: host,
            TimeCreated: time,
            LogonType: 3,
            TargetUserName: 'a',
          },
    )
  }

  it('tells the day on which a source fell silent, and the rules that a host is blind to', () => {
    const log = join(folder, 'days.jsonl')
    const days = [1, 2, 3, 4, 5, 6, 7, 8]
    const lines = [
      // Tuesday, the 6th of January 2026.
      ...days.filter((d) => d < 6).map((d) => event(d, 'sysmon', 'A')),
      ...days.map((d) => event(d, 'security', 'A')),
      ...days.map((d) => event(d, 'security', 'B')),
    ]
    writeFileSync(log, `${lines.join('\n')}\n`)
    const run = (...args: string[]) =>
      runProduct(['rules', 'coverage', log, ...args])
    const { silences, rules, switchOn } = JSON.parse(
      run('--format', 'json').stdout,
    )
    expect(silences[0]).toMatchObject({
      host: 'A',
      unit: 'day',
      from: '2026-01-06T00:00:00.000Z',
      before: 5,
    })
    const pipes = rules.filter((r: { sight: string }) => r.sight === 'blind')
    expect(pipes.length).toBeGreaterThan(50)
    const seeing = rules.filter(
      (r: { hosts: Record<string, string> }) => r.hosts.A === 'can see',
    )
    expect(seeing.length).toBeGreaterThan(5)
    for (const r of seeing)
      if (!/logon/i.test(r.title)) expect(r.hosts.B, r.title).toBe('blind')
    expect(switchOn.map((m: { id: string }) => m.id)).toContain('sysmon-pipe')
    expect(run().stdout).toContain(
      'fell silent from Tuesday 2026-01-06 to the end',
    )
    const out = join(folder, 'out')
    expect(run('--write', out).stderr).toMatch(/written into/)
    expect(readdirSync(out)).toContain('sysmon.xml')
  })
})
