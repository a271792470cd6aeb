// Several formats in one run, each where it was sent.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { Finding } from '../src/findings/finding.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-outputs-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const rule = join(root, 'rule.yml')
writeFileSync(
  rule,
  `title: a pipe was made
id: 11111111-1111-4111-8111-111111111111
level: low
logsource: { product: windows, category: pipe_created }
detection: { s: { PipeName: '\\made' }, condition: s }
fields: [Image]
`,
)
const evidence = join(root, 'a.jsonl')
const image = `C:\\${'long'.repeat(100)}.exe`
const event = {
  EventID: 17,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Computer: 'WS1',
  UtcTime: '2026-01-01 10:00:00.000',
  Image: image,
  PipeName: '\\made',
}
writeFileSync(evidence, `${JSON.stringify(event)}\n`)

function scan(...args: string[]) {
  return spawnSync(
    process.execPath,
    [
      'dist/cli/main.js',
      'scan',
      evidence,
      '--rules',
      rule,
      '--no-builtin',
    ].concat(args),
    { encoding: 'utf8' },
  )
}

describe('outputs of other commands', () => {
  it('go into a file where one is named', () => {
    for (const args of [
      ['events', evidence],
      ['events', evidence, '--format', 'csv'],
      ['hunt', '* | table PipeName', evidence, '--format', 'csv'],
    ]) {
      const file = join(root, 'out')
      const call = ['dist/cli/main.js', ...args, '-o', file]
      const { stdout } = spawnSync(process.execPath, call, { encoding: 'utf8' })
      expect(stdout).toBe('')
      expect(readFileSync(file, 'utf8')).toContain('made')
    }
  })
})

describe('events as CSV', () => {
  const of = (...flags: string[]) => {
    const call = ['dist/cli/main.js', 'events', evidence, '--format', 'csv']
    return spawnSync(process.execPath, [...call, ...flags], {
      encoding: 'utf8',
    })
  }

  it('says which columns were left out', () => {
    expect(of().stderr).toMatch(
      /^ipcwatch: csv has the usual columns alone; --fields chooses others \(.*Channel.*\), and --format ndjson has all$/m,
    )
  })

  it('has those that were asked for, and says nothing', () => {
    const { stdout, stderr } = of('--fields', 'Channel')
    expect(stdout).toMatch(/^time,host,logSource,file,record,Channel\n/)
    expect(stderr).toBe('')
  })
})

describe('outputs of a scan', () => {
  it('are several in one run, one of them standard output', () => {
    const file = join(root, 'a.ndjson')
    const csv = join(root, 'b.csv')
    const { status, stdout } = scan(
      ...['--format', 'ndjson', '-o', file, '-o', csv, '--format', 'table'],
    )
    expect(status).toBe(1)
    expect(stdout).toMatch(/^LOW +a pipe was made/)
    const finding = JSON.parse(readFileSync(file, 'utf8')) as Finding
    expect(finding.host).toBe('WS1')
    expect(readFileSync(csv, 'utf8')).toContain('a pipe was made')
  })

  it('may be named before their formats, where they may end so', () => {
    const of = (name: string) => join(root, `pairs-${name}`)
    const { stdout } = scan(
      ...['-o', of('a.html'), '--format', 'html'],
      ...['-o', of('b.csv'), '--format', 'timeline'],
      ...['-o', of('c.json'), '--format', 'stix'],
      ...['-o', of('d.ndjson'), '--format', 'table'],
    )
    const begins = (name: string) => readFileSync(of(name), 'utf8').slice(0, 16)
    expect(begins('a.html')).toMatch(/^<!doctype html>/)
    expect(begins('b.csv')).toMatch(/^time,host,user/)
    expect(begins('c.json')).toMatch(/^\{"type":"bundle"/)
    expect(begins('d.ndjson')).toMatch(/^\{"id":/)
    expect(stdout).toMatch(/^LOW +a pipe was made/)
  })

  it('are refused where neither a format before them nor their ending tells what they are', () => {
    const file = join(root, 'x.nd')
    const { status, stdout, stderr } = scan('-o', file, '--format', 'table')
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain('write --format table -o FILE')
    expect(existsSync(file)).toBe(false)
    scan('--format', 'table', '-o', file)
    expect(readFileSync(file, 'utf8')).toMatch(/^LOW +a pipe was made/)
  })

  it('hold whole values where no terminal has a width', () => {
    const file = join(root, 'table.txt')
    const { stdout } = scan('-o', file)
    expect(readFileSync(file, 'utf8')).toContain(image)
    expect(stdout).toBe('')
    expect(scan().stdout).toContain(image)
  })

  it('are coloured when that is asked for', () => {
    expect(scan('--color', 'always').stdout).toContain('\u001b[')
    expect(scan('--color', 'never').stdout).not.toContain('\u001b[')
  })

  it('say of messages of a kind the first three, and count the rest', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `{"no json ${i}`)
    const files = lines.map((text, i) => {
      const file = join(root, `torn${i}.jsonl`)
      writeFileSync(file, `${JSON.stringify(event)}\n${text}\n`)
      return file
    })
    const { stderr } = scan(...files)
    expect(stderr.match(/^ipcwatch: .*torn\d/gm)).toHaveLength(4)
    expect(stderr).toMatch(/^ipcwatch: \.\.\. and 6 more messages like/m)
  })

  it('end with the reason, gravest last', () => {
    const broken = join(root, 'broken.yml')
    writeFileSync(broken, 'title: broken\nlogsource: {}\n')
    const gone = join(root, 'gone')
    const { stderr, status } = scan('--rules', broken, gone)
    expect(status).toBe(3)
    expect(stderr.trim().split('\n').slice(-2)).toEqual([
      'ipcwatch: rule error: 1 rule refused; the others ran',
      'ipcwatch: unusable path: named above; the rest was read',
    ])
  })

  it('are refused before anything is read', () => {
    for (const args of [
      ['--format', 'csv', '--format', 'json'],
      ['-o', join(root, 'no', 'folder.csv')],
      ['--stats', join(root, 'no', 'folder.json')],
      ['-o', join(root, 'no-ending')],
      ['--format', 'ndjsn'],
    ]) {
      const { status, stderr, stdout } = scan(...args)
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
    expect(existsSync(join(root, 'no-ending'))).toBe(false)
  })
})
