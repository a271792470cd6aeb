import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { resolveSuppressions } from '../src/app/suppressions/resolve.ts'
import { type ScanRequest, scan } from '../src/app/scan/scan.ts'
import type { ScanSummary } from '../src/app/scan/summary.ts'
import { loadRules } from '../src/content/load.ts'
import { suppressionsIn } from '../src/content/suppressions.ts'
import type { Finding } from '../src/findings/finding.ts'
import { draftOf } from '../src/findings/suppression/draft.ts'
import { Suppressor } from '../src/findings/suppression/suppressor.ts'
import type { RuleMeta } from '../src/ir/rule.ts'

import { run as runProduct } from './tools/product.ts'

const now = Date.UTC(2026, 5, 1)
const rules = { paths: [join('content', 'rules')], builtin: false }
let metas: readonly RuleMeta[] = []
const folder = mkdtempSync(join(tmpdir(), 'suppressions-'))
beforeAll(async () => {
  const set = await loadRules(rules)
  metas = [...set.rules, ...set.searches].map((r) => r.meta)
})
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string, path = 'a.yml') {
  return resolveSuppressions(suppressionsIn({ path, text }), metas, now)
}

const said = (text: string) =>
  read(text).diagnostics.map(
    (d) => `${d.position!.line}:${d.position!.column} ${d.message}`,
  )

const silences = (text: string, finding: Finding) =>
  new Suppressor(read(text).entries, () => now).of(
    finding.rule.id,
    () => finding,
  ) !== undefined

async function scanned(
  more: Partial<ScanRequest>,
): Promise<{ summary: ScanSummary; findings: Finding[]; told: string[] }> {
  const findings: Finding[] = []
  const told: string[] = []
  const request = {
    paths: ['examples'],
    rules,
    selection: { rules: [], techniques: [] },
    hosts: [],
    index: true,
    routing: true,
    workers: 0,
    now,
    ...more,
  }
  const listener = {
    finding: (f: { text(): string }) =>
      findings.push(JSON.parse(f.text()) as Finding),
    diagnostic: (d: { message: string }) => told.push(d.message),
    problem: () => {},
    progress: () => {},
  }
  const { signal } = new AbortController()
  const summary = await scan(request, listener, signal)
  return { summary, findings, told }
}

const signed = 'until: 2026-12-31\n  owner: it@corp.example\n  reason: known'

function filledIn(finding: Finding, width?: number): string {
  return draftOf(finding, width)
    .join('\n')
    .replace('until:\n  owner:\n  reason:', signed)
}

const finding = (change: Partial<Finding>): Finding => ({
  id: '1',
  time: null,
  host: 'ws7.corp.example',
  rule: { id: metas[0]!.id, title: 't', level: 'high' },
  techniques: [],
  evidence: [],
  explanation: {
    held: [],
    missing: [],
    benign: [],
    mitigations: [],
    silence: [],
  },
  ...change,
})

const record = (fields: Finding['evidence'][number]['fields']) => ({
  file: 'f',
  record: 1,
  offset: 0,
  time: null,
  logSource: {},
  fields,
})

describe('an entry', () => {
  it('is of a rule, of hosts, and of what fields hold', () => {
    const one = finding({ evidence: [record({ Image: 'C:\\a\\deploy.exe' })] })
    const entry = (more: string) =>
      `- rule: ${metas[0]!.id.slice(0, 8)}\n  ${more}\n  ${signed}`
    expect(silences(entry('hosts: WS7'), one)).toBe(true)
    expect(silences(entry('hosts: [ws8, ws9*]'), one)).toBe(false)
    expect(silences(entry('when: { Image: "*\\\\DEPLOY.exe" }'), one)).toBe(
      true,
    )
    expect(silences(entry('when: { Image|endswith: cmd.exe }'), one)).toBe(
      false,
    )
    expect(silences(entry('when: { User: x }'), one)).toBe(false)
    expect(silences(`- rule: ${metas[1]!.id}\n  ${signed}`, one)).toBe(false)
  })

  it('silences a finding of several records where all that tell of the field say so', () => {
    const entry = `- when: { Image: a }\n  ${signed}`
    const both = (...images: string[]) =>
      finding({
        evidence: [...images.map((Image) => record({ Image })), record({})],
      })
    expect(silences(entry, both('a'))).toBe(true)
    expect(silences(entry, both('a', 'a'))).toBe(true)
    expect(silences(entry, both('a', 'b'))).toBe(false)
    expect(silences(entry, both())).toBe(false)
  })

  it('holds on its last day, and is over the day after', () => {
    const entry = (day: string) =>
      `- when: { Image: a }\n  until: ${day}\n  owner: o\n  reason: r`
    const one = finding({ evidence: [record({ Image: 'a' })] })
    expect(silences(entry('2026-06-01'), one)).toBe(true)
    expect(silences(entry('2026-05-31'), one)).toBe(false)
    expect(said(entry('2026-05-31'))).toEqual([
      '1:1 suppression "a.yml:1" of o is over since 2026-05-31; it silences nothing',
    ])
  })

  it('that is not right silences nothing, and says where and why', () => {
    const list = (lines: readonly string[]) => `- ${lines.join('\n  ')}\n`
    const whole = ['until: 2030-01-01', 'owner: o', 'reason: r']
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [
        list(['rule: a', 'host: ws1', ...whole]),
        ['2:3 unknown key "host"; did you mean "hosts"?'],
      ],
      [
        list(['when: { Image: a }', 'until: soon', 'owner:', 'reason: r']),
        [
          '2:10 expected the last day (UTC) on which it silences, or a time: 2026-12-31, found the text "soon"',
          '3:9 expected who answers for it, found nothing',
        ],
      ],
      [
        list(['when: { Image: a }', 'until: 2030-01-01', 'owner: o']),
        ['1:3 "reason" is missing: why it is expected'],
      ],
      [
        list(whole),
        [
          '1:3 expected "rule" or "when": an entry without either would silence all that there is',
        ],
      ],
      [
        list(['when:', '  Image|endwith: a', ...whole]),
        ['2:11 unknown modifier "endwith" on field "Image"'],
      ],
      [
        list(['rule: no such rule', ...whole]),
        [
          '1:1 suppression "a.yml:1": no rule is called "no such rule"; it silences nothing',
        ],
      ],
      ['rule: a\n', ['1:1 expected a list, found a mapping']],
      ['- [', expect.any(Array) as unknown as string[]],
    ]
    for (const [text, messages] of cases) {
      expect(said(text)).toEqual(messages)
      expect(read(text).entries).toEqual([])
    }
  })
})

describe('a field that an entry asks', () => {
  it('is told of where it is almost one that there is', () => {
    const entry = (field: string) =>
      `- when: { ${field}|endswith: x }\n  until: 2030-01-01\n  owner: o\n  reason: r\n`
    expect(said(entry('ServerImag'))).toEqual([
      '1:1 suppression "a.yml:1": no event has a field "ServerImag", so it silences nothing',
    ])
    for (const field of ['ServerImage', 'CommandLine', 'own_name_of_mine'])
      expect(said(entry(field))).toEqual([])
  })
})

describe('a scan', () => {
  it('is silenced by the entry that each of its findings says would silence it', async () => {
    const { findings } = await scanned({})
    expect(findings.length).toBeGreaterThan(30)
    for (const width of [Infinity, 76, 30]) {
      const wrong = findings.filter((f) => !silences(filledIn(f, width), f))
      expect(wrong.map((f) => [f.rule.title, draftOf(f, width)])).toEqual([])
    }
  })

  it('counts what is silenced, by entry, and tells the rest', async () => {
    const all = await scanned({})
    const [first] = all.findings.filter((f) => f.rule.level === 'high')
    const path = join(folder, 'known.yml')
    const over = `- name: old\n  when: { Image: '*' }\n  until: 2020-01-01\n  owner: o\n  reason: r\n`
    writeFileSync(path, `${filledIn(first!)}\n${over}`)
    const { summary, findings, told } = await scanned({
      suppressions: [folder],
    })
    const [known, old] = summary.suppressed
    expect(known).toMatchObject({ owner: 'it@corp.example', isOver: false })
    expect(known!.findings).toBeGreaterThan(0)
    expect(old).toMatchObject({ name: 'old', isOver: true, findings: 0 })
    expect(findings.length + known!.findings).toBe(all.findings.length)
    expect(summary.findings.high! + known!.findings).toBe(
      all.summary.findings.high,
    )
    expect(told).toEqual([
      'suppression "old" of o is over since 2020-01-01; it silences nothing',
    ])
  })

  it('shows a field that only a suppression asks for, and is silenced by it', async () => {
    const path = join(folder, 'parent.yml')
    writeFileSync(
      path,
      `- rule: d6673982\n  when: { LogonId: '*' }\n  ${signed}\n`,
    )
    const rule = { selection: { rules: ['d6673982'], techniques: [] } }
    const all = await scanned(rule)
    expect(all.findings.length).toBeGreaterThan(0)
    const { findings } = await scanned({ ...rule, suppressions: [path] })
    expect(findings).toEqual([])
  })
})

describe('the command line', () => {
  const run = (...args: string[]) => runProduct(args)

  it('counts in a watch as it does in a scan', () => {
    const path = join(folder, 'watch.yml')
    writeFileSync(path, `- name: lab\n  rule: 6347520a\n  ${signed}\n`)
    const stats = join(folder, 'stats.json')
    const log = 'examples/windows/Sysmon.evtx'
    const common = ['--rules', rules.paths[0]!, '--no-builtin']
    const asked = [...common, '--suppress', path, '--stats', stats]
    const countOf = () =>
      (JSON.parse(readFileSync(stats, 'utf8')) as ScanSummary).suppressed.map(
        (s) => [s.name, s.findings],
      )
    run('scan', log, '--quiet', ...asked)
    const scanned = countOf()
    const { stderr } = run('watch', log, '--until-idle', '0.5', ...asked)
    expect(countOf()).toEqual(scanned)
    expect(scanned).toEqual([['lab', 6]])
    expect(stderr).toContain('suppressed: 6 findings by "lab"')
  })

  it('tests entries on findings that were written, and drafts others', () => {
    const findings = join(folder, 'f.ndjson')
    run('scan', 'examples', '--quiet', '--format', 'ndjson', '-o', findings)
    const draft = run('suppressions', 'draft', findings)
    expect(draft.status).toBe(0)
    const path = join(folder, 'drafted.yml')
    writeFileSync(
      path,
      draft.stdout.replaceAll('until:\n  owner:\n  reason:', signed),
    )
    const tested = run('suppressions', 'test', path, '--findings', findings)
    expect(tested.stdout).toMatch(/\n(\d+) of \1 findings would be silenced\n$/)
    const empty = run('suppressions', 'test', path, '--findings', path)
    expect(empty.stderr).toContain('line 1 is no finding')
    expect(empty.status).toBe(3)
  })
})
