import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { ownFolder } from './tools/own-folder.ts'
import { run as runProduct } from './tools/product.ts'

const { path: folder, file } = ownFolder('cli-rules')

const run = (args: readonly string[], input?: string) =>
  runProduct(args, input === undefined ? {} : { input })

const start = (image: string, commandLine: string, second: number) => ({
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Computer: 'WS1',
  UtcTime: `2026-01-02 03:04:0${second}.000`,
  Image: image,
  CommandLine: commandLine,
  ParentImage: 'C:\\Windows\\explorer.exe',
})
const events = [
  start('C:\\Windows\\System32\\cmd.exe', 'cmd /c whoami', 1),
  start('C:\\Windows\\System32\\cmd.exe', '=cmd|calc', 2),
  start('C:\\Windows\\notepad.exe', 'notepad', 3),
]
const text = events.map((e) => `${JSON.stringify(e)}\n`).join('')
const log = file('log.jsonl', text)

describe('hunt', () => {
  it('counts by group and prints a table', () => {
    const { status, stdout } = run([
      'hunt',
      'EventCode=1 | stats count by process_name | sort - count',
      log,
    ])
    expect(status).toBe(1)
    expect(stdout.split('\n').map((l) => l.split(/ {2,}/))).toEqual([
      ['process_name', 'count'],
      [expect.stringMatching(/^-+$/), expect.stringMatching(/^-+$/)],
      ['cmd.exe', '2'],
      ['notepad.exe', '1'],
      [''],
    ])
  })

  it('prints rows as NDJSON with columns by name', () => {
    const { stdout } = run([
      'hunt',
      'process_name=notepad.exe | table _time, CommandLine',
      log,
      '--format',
      'ndjson',
    ])
    expect(JSON.parse(stdout)).toEqual({
      _time: '2026-01-02T03:04:03.000Z',
      CommandLine: 'notepad',
    })
  })

  it('lets no cell of a CSV become a formula', () => {
    const { stdout } = run([
      'hunt',
      'CommandLine="=cmd*" | table CommandLine',
      log,
      '--format',
      'csv',
    ])
    expect(stdout).toBe("CommandLine\n'=cmd|calc\n")
  })

  it('reads the search from a file and the events from standard input', () => {
    const search = file('s.spl', 'EventCode=1 | stats dc(process_name) as n')
    const { stdout } = run(
      ['hunt', '--file', search, '-', '--format', 'ndjson'],
      text,
    )
    expect(JSON.parse(stdout)).toEqual({ n: 2 })
  })

  it('tells how many events each stage passed', () => {
    const { stderr } = run([
      'hunt',
      'EventCode=1 | search process_name=cmd.exe | where len(CommandLine) > 10',
      log,
      '--explain',
    ])
    const counts = stderr
      .split('\n')
      .flatMap(
        (l) => /^ +(\d+) in +(\d+) out/.exec(l)?.slice(1, 3).join('>') ?? [],
      )
    expect(counts).toEqual(['3>3', '3>2', '2>1'])
  })

  it('refuses what it does not know, with a place and a suggestion, and ends with 2', () => {
    const { status, stderr } = run(['hunt', 'EventCode=1 | staats count', log])
    expect(status).toBe(2)
    expect(stderr).toMatch(/unknown command "staats"\n.*1:15.*"stats"/)
  })

  it('ends with 0 where no row is left', () => {
    expect(run(['hunt', 'process_name=nothing.exe', log]).status).toBe(0)
  })
})

const rule = file(
  'cmd.yml',
  'title: cmd starts\nid: 3a1f2a52-6f0e-4b54-9c59-2f4c0f4d1c31\nstatus: test\nlogsource: {category: process_creation, product: windows}\ndetection:\n  selection: {Image|endswith: \\cmd.exe}\n  filter: {CommandLine|contains: whoami}\n  condition: selection and not filter\nlevel: low\n',
)

describe('rules that could not be loaded', () => {
  const refused = rule.replace('cmd.yml', 'typo.yml')
  writeFileSync(
    refused,
    readFileSync(rule, 'utf8')
      .replace('endswith', 'endwith')
      .replace('3a1f2a52', '3a1f2a53'),
  )
  const of = ['--no-builtin', '--rules', rule, '--rules', refused]

  it.each([
    ['convert', ['convert', '--to', 'sigma']],
    ['coverage', ['coverage']],
    ['coverage of telemetry', ['coverage', log]],
  ])('are told by %s, and it ends with 2', (_, [command, ...rest]) => {
    const { status, stderr } = run(['rules', command!, ...of, ...rest])
    expect(status).toBe(2)
    expect(stderr).toContain('unknown modifier "endwith"')
  })
})

describe('rules show', () => {
  const shown = (...args: string[]) => run(['rules', 'show', ...args])

  it('prints what a rule says of itself, its evidence and its text', () => {
    const { status, stdout } = shown('685546e1')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^fires: \S/m)
    expect(stdout).toMatch(/^benign when:\n {2}\S/m)
    expect(stdout).toMatch(/^id: 685546e1-/m)
    expect(stdout).toMatch(/^detection:/m)
  })

  it('prints the rules that a correlation reads beside it', () => {
    const { stdout } = shown('Many different pipes opened by one client')
    expect(stdout).toMatch(/^reads: .* \([0-9a-f-]{36}\)$/m)
    expect(stdout).toMatch(/^correlation:[\s\S]*^---\n[\s\S]*^detection:/m)
  })

  it('prints a rule of a file, and names what is near to a wrong name', () => {
    expect(shown(rule).stdout).toContain('title: cmd starts')
    const { status, stderr } = shown(
      '--no-builtin',
      '--rules',
      rule,
      'cmd strts',
    )
    expect(status).toBe(3)
    expect(stderr).toContain('did you mean "cmd starts"?')
  })
})

describe('one number of rules', () => {
  it('is that of a scan in what doctor and the list say', () => {
    const { stdout: doctor } = run(['doctor'])
    const { stdout: list } = run(['rules', 'list'])
    const said =
      /\d+ rules \(of them \d+ are only parts of others: a scan counts \d+\)/
    expect(doctor).toMatch(said)
    expect(list).toContain(said.exec(doctor)![0])
  })
})

describe('rules explain', () => {
  it('shows each leaf with what was seen, and the verdict', () => {
    const { stdout } = run(['rules', 'explain', rule, `${log}#1`])
    expect(stdout).toMatch(/yes .*Image ends with .*holds, seen "C:/)
    expect(stdout).toMatch(/NO .*not/)
    expect(stdout).toMatch(/the rule does not fire/)
  })

  it('takes the first event on which the rule holds', () => {
    expect(run(['rules', 'explain', rule, log]).stdout).toMatch(
      /record 2: the first event.*\n[\s\S]*the rule fires/,
    )
  })

  it('names the rules that a word could mean', () => {
    expect(run(['rules', 'explain', 'pipe', log])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/"pipe" means \d+ rules/),
    })
  })
})

describe('rules equal', () => {
  it('shows the events on which a Sigma rule and a search differ', () => {
    const search = file(
      'cmd.spl',
      '---\ntitle: all cmd\nid: 3a1f2a52-6f0e-4b54-9c59-2f4c0f4d1c32\nlevel: low\n---\nsourcetype=Sysmon EventCode=1 process_name=cmd.exe\n',
    )
    const { status, stdout } = run(['rules', 'equal', rule, search, log])
    expect(status).toBe(1)
    expect(stdout).toMatch(/only B \(all cmd\): 1\n.*record 1/)
    expect(stdout).toMatch(/1 events match both, 1 neither, 0 only A, 1 only B/)
  })
})

describe('rules lint, list and coverage', () => {
  it('finds a condition that can never hold', () => {
    const never = file(
      'never.yml',
      'title: never\nid: 3a1f2a52-6f0e-4b54-9c59-2f4c0f4d1c33\nstatus: test\nlogsource: {category: process_creation, product: windows}\ndetection:\n  selection:\n    - Image: a.exe\n  other:\n    Image: b.exe\n  condition: selection and other\nlevel: low\n',
    )
    const { stdout, status } = run(['rules', 'lint', never])
    expect(stdout).toMatch(/never/i)
    expect(status).not.toBe(0)
  })

  it('lists every rule with its log source', () => {
    const { stdout } = run([
      'rules',
      'list',
      '--no-builtin',
      '--rules',
      rule,
      '--format',
      'ndjson',
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      title: 'cmd starts',
      logSource: { product: 'windows', category: 'process_creation' },
    })
  })

  it('says which techniques are covered', () => {
    expect(run(['rules', 'coverage']).stdout).toMatch(/^T1559\.001 +\d+ rules/m)
  })
})

describe('rules that are not there', () => {
  it('are no success of their test', () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty, { recursive: true })
    for (const [path, why] of [
      [join(folder, 'none'), 'no such file or folder'],
      [
        empty,
        'no folder below it holds a rule.yml or rule.spl with fires/ and silent/ beside it',
      ],
    ] as const) {
      const { status, stderr } = run(['rules', 'test', path])
      expect(status).toBe(3)
      expect(stderr).toBe(
        `ipcwatch: no evidence: no rules at "${path}": ${why}\n`,
      )
    }
  })

  it('lie flat, as rules without evidence do: what can be done with them is told', () => {
    const flat = join(folder, 'flat')
    mkdirSync(flat, { recursive: true })
    writeFileSync(join(flat, 'a.yml'), 'title: A\n')
    const { status, stderr } = run(['rules', 'test', flat])
    expect(status).toBe(3)
    expect(stderr).toContain(`ipcwatch rules lint ${flat}`)
  })

  it('are no list of rules', () => {
    const list = ['rules', 'list', '--no-builtin', '--rules']
    const broken = file('broken.yml', 'title: B\n')
    expect(run([...list, broken])).toMatchObject({
      status: 2,
      stdout: '0 rules, 1 refused\n',
    })
    const none = run([...list, join(folder, 'none.yml')])
    expect(none.status).toBe(2)
    expect(none.stderr).toContain('no such file or folder')
  })

  it('leave the tables of those that are', () => {
    const rules = join(folder, 'with-table')
    mkdirSync(rules, { recursive: true })
    writeFileSync(join(rules, 'of.csv'), 'CommandLine,why\n=cmd|calc,dde\n')
    writeFileSync(
      join(rules, 'rule.spl'),
      '---\ntitle: T\nid: 5f3c1a52-9f5a-4d0e-8a3e-0c1b2a394857\nlevel: low\n---\nEventCode=1 | lookup of.csv CommandLine | where why="dde"\n',
    )
    const { status, stderr } = run([
      'scan',
      log,
      '--no-builtin',
      ...['--rules', rules, '--rules', join(folder, 'none')],
    ])
    expect(stderr).toContain('no such file or folder')
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(2)
  })

  it('have placeholders, and searches, from regular files alone', () => {
    for (const args of [
      ['rules', 'list', '--placeholders', folder],
      ['hunt', '--file', folder, log],
      ['hunt', 'a=1', '--macros', folder, log],
    ]) {
      const { status, stderr } = run(args)
      expect(status).toBe(3)
      expect(stderr).toContain('it is a folder; a regular file was expected')
    }
  })

  it('for one reason are told three times, and then counted', () => {
    const broken = Array.from(
      { length: 5 },
      (_, i) =>
        `title: R${i}\nlogsource: { product: x }\ndetection: { s: { A|is: 1 }, condition: s }\n`,
    )
    const many = file('many.yml', broken.join('---\n'))
    const { status, stderr } = run([
      'rules',
      'list',
      '--no-builtin',
      '--rules',
      many,
    ])
    expect(status).toBe(2)
    expect(stderr.match(/error\[S012\]/g)).toHaveLength(3)
    expect(stderr).toContain('... and 2 more messages like: unknown modifier')
  })

  it('are refused with the nearest that are', () => {
    const { status, stderr } = run(['rules', 'list', '--technique', 'T1559.01'])
    expect(status).toBe(3)
    expect(stderr).toContain('did you mean "T1559.001"')
    const level = run(['rules', 'list', '--level', 'hihg'])
    expect(level.status).toBe(3)
    expect(level.stderr).toContain('did you mean "high"?')
  })
})
