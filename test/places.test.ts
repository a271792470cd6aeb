// One record is one, however often it lies there: copies, links, overlapping paths, the same log packed and beside it.
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, describe, expect, it } from 'vitest'

import type { Finding } from '../src/findings/finding.ts'
import { printEvents } from '../src/app/events.ts'
import { hunt } from '../src/app/hunt/hunt.ts'
import { scanPaths } from './conformance/run.ts'
import { pipeRules } from './tools/pipe-rules.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-places-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const rules = join(root, 'rules.yml')
writeFileSync(rules, pipeRules)

function record(second: number, image = 'a', own: object = {}) {
  return {
    EventID: 17,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Computer: 'WS1',
    UtcTime: `2026-01-01 10:00:0${second}.000`,
    Image: `C:\\${image}.exe`,
    PipeName: '\\made',
    ...own,
  }
}

function folder(files: Record<string, readonly object[]>): string {
  const dir = mkdtempSync(join(root, 'case-'))
  for (const [name, records] of Object.entries(files)) {
    const path = join(dir, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, records.map((r) => `${JSON.stringify(r)}\n`).join(''))
  }
  return dir
}

async function scan(...paths: string[]) {
  const { findings, summary } = await scanPaths(paths, {
    rules: { paths: [rules], builtin: false },
  })
  const single = findings.filter((f) => f.rule.level === 'low')
  const correlated = findings.filter((f) => f.rule.level === 'high')
  return { single, correlated, counts: summary.findings, findings }
}

function places(finding: Finding): string[] {
  const [evidence] = finding.evidence
  return (evidence!.places ?? [evidence!]).map((p) => basename(p.file))
}

describe('one record', () => {
  it('is one finding that names its copies, of the same name or another', async () => {
    const dir = folder({ 'a/log.jsonl': [record(1), record(2)] })
    mkdirSync(join(dir, 'b'))
    copyFileSync(join(dir, 'a/log.jsonl'), join(dir, 'b/log.jsonl'))
    copyFileSync(join(dir, 'a/log.jsonl'), join(dir, 'b/other.jsonl'))
    const { single, correlated, counts } = await scan(dir)
    expect(single.map(places)).toEqual(
      [1, 2].map(() => ['log.jsonl', 'log.jsonl', 'other.jsonl']),
    )
    expect(counts).toEqual({ low: 2, high: 1 })
    expect(correlated[0]!.explanation.matches).toBe(2)
    expect(places(correlated[0]!)).toHaveLength(3)
  })

  it('is one behind links and overlapping paths', async () => {
    const dir = folder({ 'a/log.jsonl': [record(1)] })
    const log = join(dir, 'a/log.jsonl')
    linkSync(log, join(dir, 'hard.jsonl'))
    symlinkSync(log, join(dir, 'soft.jsonl'))
    const { single } = await scan(
      dir,
      log,
      join(dir, 'a'),
      join(dir, 'soft.jsonl'),
    )
    expect(single).toHaveLength(1)
    expect(places(single[0]!)).toEqual([
      'log.jsonl',
      'hard.jsonl',
      'soft.jsonl',
    ])
  })

  it('is one packed and beside', async () => {
    const dir = folder({ 'log.jsonl': [record(1), record(2)] })
    const packed = gzipSync(`${JSON.stringify(record(1))}\n`)
    writeFileSync(join(dir, 'log.jsonl.gz'), packed)
    const { single } = await scan(dir)
    expect(single).toHaveLength(2)
    expect(places(single[0]!)).toEqual(['log.jsonl', 'log.jsonl.gz'])
  })

  it('is told by its number in exports that begin elsewhere', async () => {
    const at = { EventRecordID: 7 }
    const dir = folder({
      'whole.jsonl': [record(1), record(2, 'a', at)],
      'part.jsonl': [record(2, 'a', at)],
    })
    const { single } = await scan(dir)
    expect(single.map(places)).toEqual([
      ['whole.jsonl'],
      ['part.jsonl', 'whole.jsonl'],
    ])
  })

  it('is one event to a search', async () => {
    const dir = folder({ 'a.jsonl': [record(1), record(2)] })
    copyFileSync(join(dir, 'a.jsonl'), join(dir, 'b.jsonl'))
    const search = join(root, 'search.spl')
    writeFileSync(
      search,
      '---\ntitle: pipes\nid: 33333333-3333-4333-8333-333333333333\nlevel: low\n---\nEventCode=17 | stats count by PipeName\n',
    )
    const { findings } = await scanPaths([dir], {
      rules: { paths: [search], builtin: false },
    })
    expect(findings.map((f) => f.explanation.row!.count)).toEqual([2])
    expect(places(findings[0]!)).toEqual(['a.jsonl', 'b.jsonl'])
  })

  it('is not another that only looks like it', async () => {
    const dir = folder({
      'a.jsonl': [record(1, 'a', { ProcessId: 1 })],
      'b.jsonl': [record(1, 'a', { ProcessId: 2 })],
      'c.jsonl': [record(1, 'c', { EventRecordID: 9 })],
      'd.jsonl': [record(1, 'd', { EventRecordID: 9 })],
    })
    const { single } = await scan(dir)
    expect(single.map(places)).toHaveLength(4)
  })

  it('bears the same id in whatever order its places are read', async () => {
    const dir = folder({ 'a/x.jsonl': [record(1)], 'b/y.jsonl': [record(1)] })
    const paths = [join(dir, 'a/x.jsonl'), join(dir, 'b/y.jsonl')]
    expect((await scan(...paths.toReversed())).findings).toEqual(
      (await scan(...paths)).findings,
    )
  })
})

describe('one event', () => {
  const copied = () => {
    const dir = folder({ 'a.jsonl': [record(1), record(1), record(2)] })
    copyFileSync(join(dir, 'a.jsonl'), join(dir, 'b.jsonl'))
    const text = [record(1), record(1), record(2)].map(
      (r) => `${JSON.stringify(r)}\n`,
    )
    writeFileSync(join(dir, 'c.jsonl.gz'), gzipSync(text.join('')))
    writeFileSync(
      join(dir, 'd.jsonl'),
      `${JSON.stringify(record(3))}\n${text[2]}`,
    )
    return dir
  }

  it('counts once in the summary, where whole sources are copies', async () => {
    const { summary } = await scanPaths([copied()], {
      rules: { paths: [rules], builtin: false },
    })
    expect(summary.events).toBe(4)
    expect(summary.copies.map((c) => [basename(c.source), c.events])).toEqual([
      ['b.jsonl', 3],
      ['c.jsonl.gz', 3],
    ])
    expect(
      summary.shared.map((c) => [basename(c.source), basename(c.with)]),
    ).toEqual([['d.jsonl', 'a.jsonl']])
    expect(summary.formats.jsonl!.events).toBe(4)
  })

  it('counts once where a log and its rotated copy have a day in common, whatever the rules want', async () => {
    const day = (from: number, to: number, own: object = {}) =>
      Array.from({ length: to - from }, (_, i) =>
        record(1, `p${from + i}`, { ...own, ProcessId: from + i }),
      )
    const other = { Computer: 'WS2' }
    const dir = folder({
      'log.jsonl': day(900, 4_000),
      'log.1.jsonl': day(0, 1_000),
      // Of another host, and what no rule wants.
      'other.jsonl': day(900, 4_000, other),
      'unwanted.jsonl': day(0, 50, { EventID: 5 }),
      'unwanted.1.jsonl': day(40, 60, { EventID: 5 }),
    })
    const { summary } = await scanPaths([dir], {
      rules: { paths: [rules], builtin: false },
    })
    expect(summary.events).toBe(4_000 + 3_100 + 60)
    expect(
      summary.shared.map((c) => [
        ...[c.source, c.with].map((f) => basename(f)),
        c.events,
      ]),
    ).toEqual([
      ['log.jsonl', 'log.1.jsonl', 100],
      ['unwanted.jsonl', 'unwanted.1.jsonl', 10],
    ])
  })

  it('is one in two formats, told by its number', async () => {
    const dir = mkdtempSync(join(root, 'case-'))
    const at = '2026-01-01T10:00:01.123'
    const system = {
      Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
      EventID: 17,
      TimeCreated: { '#attributes': { SystemTime: `${at}456Z` } },
      EventRecordID: 7,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: 'WS1',
    }
    const guid = '0000000a-0000-0000-0000-00000000000b'
    const data = {
      ProcessGuid: guid.toUpperCase(),
      Image: 'C:\\a.exe',
      PipeName: '\\made',
    }
    writeFileSync(
      join(dir, 'a.json'),
      JSON.stringify({ Event: { System: system, EventData: data } }),
    )
    writeFileSync(
      join(dir, 'b.xml'),
      `<Event><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>17</EventID><TimeCreated SystemTime="${at}4567Z"/><EventRecordID>7</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws1.corp.example</Computer></System><EventData><Data Name="ProcessGuid">{${guid}}</Data><Data Name="Image">C:\\a.exe</Data><Data Name="PipeName">\\made</Data></EventData></Event>`,
    )
    const { single } = await scan(dir)
    expect(single.map(places)).toEqual([['a.json', 'b.xml']])
    const { summary } = await scanPaths([dir], {})
    expect(summary.events).toBe(1)
    expect(summary.shared.map((c) => c.events)).toEqual([1])
  })

  it('is one where a format has more fields than another, of which findings bear ties', async () => {
    const numbered = { EventRecordID: 7 }
    const dir = folder({
      'a.jsonl': [record(1, 'a', numbered)],
      'b.jsonl': [record(1, 'a', { ...numbered, ProcessId: 468 })],
    })
    const { single } = await scan(dir)
    expect(single.map(places)).toEqual([['a.jsonl', 'b.jsonl']])
  })

  it.each([false, true])(
    'is a row of a search once (explained: %s)',
    async (explain) => {
      const notes: string[] = []
      const { result } = await hunt(
        {
          search: 'EventCode=17 [ search * | fields EventCode ] | stats count',
          paths: [copied()],
          ...{ workers: 0, explain, now: 0, scope: { hosts: [] } },
          ...{ macros: new Map(), lookups: new Map() },
        },
        {
          diagnostic() {},
          unusable() {},
          problem: (message) => notes.push(message),
        },
        new AbortController().signal,
      )
      expect(result!.rows.map((r) => r.get('count'))).toEqual([4])
      expect(notes).toContain(
        '7 events of other files are copies, counted once',
      )
    },
  )

  it('is printed once', async () => {
    let text = ''
    const notes: string[] = []
    await printEvents(
      { paths: [copied()], workers: 0, format: 'ndjson', where: [], hosts: [] },
      {
        text: (more) => {
          text += more
        },
        unusable() {},
        problem: (message) => notes.push(message),
      },
      new AbortController().signal,
    )
    const lines = text.trimEnd().split('\n')
    expect(
      lines.map((l) => basename((JSON.parse(l) as { file: string }).file)),
    ).toEqual(['a.jsonl', 'a.jsonl', 'a.jsonl', 'd.jsonl'])
    expect(notes).toEqual(['7 events of other files are copies, printed once'])
  })
})
