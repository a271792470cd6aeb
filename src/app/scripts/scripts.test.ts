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
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Finding } from '../../findings/finding.ts'

import { scan } from '../scan/scan.ts'
import { commandScript } from './command-script.ts'
import { type ReportedScript, reportScripts } from './report.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-scripts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function report(
  files: Readonly<Record<string, string>>,
  more: { readonly root?: string; readonly store?: string } = {},
): Promise<{ scripts: ReportedScript[]; problems: string[] }> {
  const evidence = join(folder, 'evidence')
  mkdirSync(evidence, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(evidence, name), text)
  }
  const scripts: ReportedScript[] = []
  const problems: string[] = []
  await reportScripts(
    { paths: [evidence], ...more },
    {
      script: (s) => scripts.push(s),
      unusable: (m) => problems.push(m),
      problem: (m) => problems.push(m),
    },
    new AbortController().signal,
  )
  return { scripts, problems }
}

const powershell = {
  Channel: 'Microsoft-Windows-PowerShell/Operational',
  Provider_Name: 'Microsoft-Windows-PowerShell',
  EventID: 4104,
  Computer: 'h1',
}

function lines(...rows: readonly object[]): string {
  return rows.map((r) => `${JSON.stringify(r)}\n`).join('')
}

function start(line: string, second: number): object {
  return {
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Computer: 'h1',
    UtcTime: `2026-11-26 10:00:0${second}.000`,
    Image: 'C:\\Windows\\System32\\wscript.exe',
    CommandLine: line,
    ProcessId: 7,
  }
}

describe('reportScripts', () => {
  it('puts blocks together that the log cut, in whichever order they come', async () => {
    const part = (n: number, text: string, second: number) => ({
      ...powershell,
      TimeCreated: `2026-11-26T10:00:0${second}Z`,
      MessageNumber: n,
      MessageTotal: 2,
      ScriptBlockId: 'b1',
      ScriptBlockText: text,
    })
    const cut = [
      part(1, '$o = New-Object -ComOb', 1),
      part(2, "ject ('WScr' + 'ipt.Shell')", 2),
    ]
    for (const rows of [cut, cut.toReversed()]) {
      const { scripts } = await report({ 'log.jsonl': lines(...rows) })
      expect(scripts.map((s) => s.actions.map((a) => a.target))).toEqual([
        ['WScript.Shell'],
      ])
    }
  })

  it('reads what interpreters are given on their command line', async () => {
    const { scripts } = await report({
      'log.jsonl': lines(
        start(
          `cmd /c powershell -c "(New-Object -ComObject Shell.Application).Open('x')"`,
          1,
        ),
      ),
    })
    expect(scripts[0]).toMatchObject({ origin: 'command line', record: 1 })
    expect(scripts[0]?.actions[1]).toMatchObject({
      kind: 'com',
      target: 'Shell.Application',
    })
  })

  it('captures the files that events name, once and by hash, and says what is not there', async () => {
    const root = join(folder, 'image')
    const store = join(folder, 'store')
    mkdirSync(join(root, 'Users', 'Ann'), { recursive: true })
    const text = 'CreateObject("WScript.Shell").Run "calc"\n'
    writeFileSync(join(root, 'Users', 'Ann', 'a.vbs'), text)
    const log = lines(
      start('wscript "C:\\users\\ann\\A.vbs"', 1),
      start('wscript C:\\gone.vbs', 2),
      start('wscript "C:\\users\\ann\\A.vbs"', 3),
    )
    const { scripts, problems } = await report(
      { 'log.jsonl': log },
      { root, store },
    )
    expect(scripts.map((s) => [s.origin, s.file, s.record])).toEqual([
      ['captured', 'C:\\users\\ann\\A.vbs', 1],
    ])
    expect(problems.join()).toContain('C:\\gone.vbs: not in the image')
    const hash = scripts[0]!.sha256!
    expect(readFileSync(join(store, hash.slice(0, 2), hash), 'utf8')).toBe(text)
    const index = readFileSync(join(store, 'index.ndjson'), 'utf8')
      .trim()
      .split('\n')
    expect(
      index
        .map((l) => JSON.parse(l) as { reason?: string })
        .map((l) => Boolean(l.reason)),
    ).toEqual([false, true])
  })

  it('judges the files that events name in the scan of these events', async () => {
    const rule = join(folder, 'rule.yml')
    writeFileSync(
      rule,
      'title: T\nid: t\nlevel: high\nlogsource: { category: script_action }\ndetection:\n  s: { ActionTarget: WScript.Shell, ScriptOrigin: captured }\n  condition: s\n',
    )
    const root = join(folder, 'image')
    mkdirSync(join(root, 'Users'), { recursive: true })
    writeFileSync(
      join(root, 'Users', 'a.vbs'),
      'CreateObject("WScript.Shell").Run "calc"\n',
    )
    const log = join(folder, 'log.jsonl')
    writeFileSync(log, lines(start('wscript C:\\Users\\a.vbs', 4)))
    const findings: Finding[] = []
    await scan(
      {
        paths: [log],
        rules: { paths: [rule], builtin: false },
        selection: { rules: [], techniques: [] },
        hosts: [],
        index: true,
        routing: true,
        workers: 0,
        capture: { root },
      },
      {
        finding: (f) => findings.push(JSON.parse(f.text()) as Finding),
        diagnostic: (d) => expect.unreachable(d.message),
        problem: (message) => expect.unreachable(message),
        progress() {},
      },
      new AbortController().signal,
    )
    expect(findings).toMatchObject([
      {
        time: '2026-11-26T10:00:04.000Z',
        host: 'h1',
        evidence: [{ record: 1, fields: { ScriptPath: 'C:\\Users\\a.vbs' } }],
      },
    ])
  })

  it('keeps no store inside of evidence, and makes nothing there', async () => {
    const store = join(folder, 'evidence', 'store')
    await expect(report({ 'a.vbs': 'x = 1' }, { store })).rejects.toThrow(
      'inside of the evidence',
    )
    expect(existsSync(store)).toBe(false)
    expect(readdirSync(join(folder, 'evidence'))).toEqual(['a.vbs'])
  })
})

describe('commandScript', () => {
  it('takes what follows -c of a shell as its script', () => {
    expect(
      commandScript('bash -c {echo,aWQ=}|{base64,-d}|bash', false),
    ).toEqual({ text: '{echo,aWQ=}|{base64,-d}|bash', language: 'shell' })
    expect(commandScript("/usr/bin/python3 -c 'import os'", false)).toEqual({
      text: 'import os',
      language: 'python',
    })
  })

  it('passes by what takes no script', () => {
    expect(
      commandScript('C:\\Windows\\explorer.exe /factory', true),
    ).toBeUndefined()
  })
})
