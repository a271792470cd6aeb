// How a run ends: 0 says that something was judged and nothing found; every other ending has its own word and code.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Ending, endings } from '../src/cli/exit.ts'

import { ownFolder } from './tools/own-folder.ts'
import { cli, run as runProduct } from './tools/product.ts'

const { path: folder, file } = ownFolder('endings')
chmodSync(folder, 0o755)

interface RunOptions {
  /** File descriptor for standard output. */
  readonly stdout?: number
  readonly user?: number
  readonly env?: NodeJS.ProcessEnv
}

function run(args: readonly string[], { stdout, user, env }: RunOptions = {}) {
  return runProduct(args, {
    input: '',
    env: { ...process.env, IPCWATCH_CACHE: 'off', ...env },
    ...(stdout !== undefined && { stdio: ['pipe', stdout, 'pipe'] }),
    ...(user !== undefined && { uid: user }),
  })
}

const event = {
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Computer: 'ws7.corp.example',
  UtcTime: '2026-01-02 03:04:05.000',
  Image: 'C:\\Windows\\notepad.exe',
  CommandLine: 'notepad',
}
const quiet = file('quiet.jsonl', `${JSON.stringify(event)}\n`)
const rule = (over: object = {}) =>
  JSON.stringify({
    title: 'Pipe of a tool',
    id: '0a6e4d31-5b0c-4a5e-9a8e-0f6d1c2b3a49',
    status: 'test',
    level: 'medium',
    tags: ['attack.t1559.001'],
    logsource: { product: 'windows', category: 'process_creation' },
    detection: {
      selection: { 'Image|endswith': '\\notepad.exe' },
      condition: 'selection',
    },
    ...over,
  })
const fires = file('fires.yml', rule())
const silent = file(
  'silent.yml',
  rule({
    detection: { s: { 'Image|endswith': '\\other.exe' }, condition: 's' },
  }),
)
const linux = file('linux.yml', rule({ logsource: { product: 'linux' } }))
const lost = file(
  'lost.spl',
  '---\ntitle: no table\nlevel: low\n---\nImage=* | lookup nowhere Image OUTPUT owner | where isnotnull(owner)\n',
)
const broken = file('broken.yml', 'title: no detection\n')
const strange = file('strange.jsonl', '{"a":1,"b":{"c":2}}\n')
const script = file('a.vbs', 'CreateObject("WScript.Shell").Run "calc"\n')
const loads = `${JSON.stringify({
  ...event,
  EventID: 7,
  ImageLoaded: 'C:\\x\\a.dll',
  Signed: 'false',
})}\n`
const image = join(folder, 'image')
mkdirSync(join(image, 'etc'), { recursive: true })
writeFileSync(join(image, 'etc', 'os-release'), 'ID=debian\n')
writeFileSync(join(image, 'sysctl.txt'), 'kernel.yama.ptrace_scope = 1\n')
const empty = join(folder, 'empty')
mkdirSync(empty)
const partly = file('partly.jsonl', `${JSON.stringify(event)}\n{"Image": tor\n`)

const labels = 'A.\n\n\tNimi:\t\tana\n\tToimialue:\t\tC\n\tTunnus:\t\t1\n'
const unread = file(
  'unread.jsonl',
  `${JSON.stringify({ EventID: 4688, LogName: 'Security', Message: labels })}\n`,
)

const scan = (rules: string, ...rest: string[]) =>
  ['scan', '--no-builtin', '--rules', rules, ...rest] as const

const watch = (rules: string, ...rest: string[]) =>
  [
    'watch',
    '--no-sensors',
    '--until-idle',
    '1',
    '--no-builtin',
    '--rules',
    rules,
    ...rest,
  ] as const

/** The word is said, unless it is plain from what is printed. */
const cases: readonly [Ending, readonly string[]][] = [
  ['clean', scan(silent, quiet)],
  ['findings', scan(fires, quiet)],
  ['rule error', scan(broken, quiet)],
  ['rule error', scan(lost, quiet)],
  ['no rule in force', ['scan', '--no-builtin', quiet]],
  ['nothing read', scan(silent, file('blank.jsonl', '\n'))],
  ['nothing in scope', scan(fires, quiet, '--since', '2027-01-01')],
  ['nothing in scope', scan(fires, quiet, '--host', 'ws8*')],
  ['nothing in scope', scan(fires, quiet, '--since', '24h', '--until', '23h')],
  ['findings', scan(fires, quiet, '--since', '-50y@y', '--until', '+50y')],
  ['nothing in scope', ['events', quiet, '--since', '2027-01-01']],
  ['clean', ['events', quiet, '--host', 'WS7']],
  ['nothing in scope', ['hunt', '*', quiet, '--until', '2026-01-01']],
  ['findings', ['hunt', '*', quiet, '--since', '2026-01-02', '--explain']],
  ['unknown shapes', scan(silent, strange)],
  ['all blind', scan(linux, quiet)],
  ['incomplete', scan(silent, partly)],
  ['incomplete', scan(silent, quiet, file('logs.7z', '7z\u00bc\u00af'))],
  ['unusable path', scan(silent, quiet, join(folder, 'absent'))],
  ['unusable path', scan(silent, join(folder, 'no*.jsonl'))],
  ['clean', scan(silent, join(folder, 'qu?et.*'))],
  ['findings', ['hunt', '* | stats count', quiet]],
  ['clean', ['hunt', 'Image=*other.exe', quiet]],
  ['nothing in scope', ['hunt', '* earliest="01/01/2030:00:00:00"', quiet]],
  [
    'nothing in scope',
    ['hunt', '* earliest="01/01/2030:00:00:00" | stats count', quiet],
  ],
  ['nothing in scope', ['hunt', 'EventCode=1 latest=0', quiet, '--explain']],
  // None of the events that it asks for is there, whenever; others are.
  ['clean', ['hunt', 'EventCode=9 earliest=0', quiet]],
  [
    'clean',
    ['hunt', 'sourcetype=WinEventLog:Security EventCode=4771', 'examples'],
  ],
  ['all blind', ['hunt', 'sourcetype=linux_audit a=1', quiet]],
  ['all blind', ['hunt', 'sourcetype=cisco:asa', quiet, '--explain']],
  [
    'all blind',
    ['hunt', '| tstats count from datamodel=Risk by All_Risk.user', quiet],
  ],
  [
    'all blind',
    ['hunt', '| tstats count from datamodel=Web by Web.url', quiet],
  ],
  ['all blind', ['hunt', '| from datamodel:Web', quiet]],
  [
    'all blind',
    ['hunt', '| datamodel Authentication Authentication search', quiet],
  ],
  [
    'clean',
    [
      'hunt',
      '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=x.exe by Processes.user',
      quiet,
    ],
  ],
  // A name cannot be looked for in events that are not there.
  ['clean', ['hunt', 'EventCode=4625 Imagee=x', quiet]],
  [
    'clean',
    ['hunt', 'EventCode=4625 Imagee=x | append [search EventCode=4624]', quiet],
  ],
  ['all blind', ['hunt', 'RareModule=true', file('loads.jsonl', loads)]],
  ['wrong use', ['hunt', quiet]],
  ['wrong use', ['hunt', folder, quiet]],
  ['no path', ['hunt', 'Image=*other.exe']],
  ['findings', ['hunt', '| makeresults']],
  ['unknown name', ['hunt', 'Imagee=*other.exe', quiet]],
  ['unknown name', ['hunt', '* | stats count by Imagee', quiet]],
  ['findings', ['hunt', '* | fillnull Imagee | table Image', quiet]],
  ['rule error', ['hunt', '* | nosuchcommand', quiet]],
  ['nothing read', ['hunt', '*', join(folder, 'blank.jsonl')]],
  ['clean', ['events', quiet]],
  ['clean', ['events', '--where', 'host|endswith=.example', quiet]],
  ['nothing read', scan(silent, empty)],
  ['unusable path', ['posture', join(folder, 'absent')]],
  ['unknown name', ['events', '--where', 'Imagee=x', quiet]],
  ['unknown name', ['events', '--fields', 'Imagee', quiet]],
  ['wrong use', ['events', '--limit', '0', quiet]],
  ['incomplete', ['events', partly]],
  // It judges nothing: what it printed is named as unknown.
  ['clean', ['events', strange]],
  // It is there, though not all of it: to be judged it is not enough.
  ['clean', ['events', unread]],
  ['incomplete', scan(silent, quiet, unread)],
  ['rule error', ['rules', 'list', '--no-builtin', '--rules', broken]],
  ['no rule in force', ['rules', 'list', '--no-builtin']],
  ['incomplete', ['rules', 'equal', fires, fires, partly]],
  ['unknown shapes', ['rules', 'equal', fires, fires, strange]],
  ['incomplete', ['hunt', 'Image=*other.exe', partly]],
  ['unknown shapes', ['hunt', 'a=2', strange]],
  ['clean', watch(silent, quiet)],
  ['incomplete', watch(silent, partly)],
  ['unknown shapes', watch(silent, strange)],
  ['no evidence', ['rules', 'test', empty]],
  ['clean', ['rules', 'lint', silent]],
  ['clean', ['rules', 'coverage', '--no-builtin', '--rules', silent]],
  ['clean', ['rules', 'explain', silent, quiet]],
  ['clean', ['rules', 'equal', fires, fires, quiet]],
  [
    'nothing read',
    ['rules', 'equal', fires, fires, join(folder, 'blank.jsonl')],
  ],
]

describe('an ending', () => {
  it.each(cases)('%s: ipcwatch %j', (ending, args) => {
    const { status, stderr } = run(args)
    expect({ status, stderr }).toMatchObject({ status: endings[ending] })
    const plain: readonly Ending[] = [
      'clean',
      'findings',
      'rule error',
      'wrong use',
    ]
    if (!plain.includes(ending)) expect(stderr).toContain(`${ending}: `)
  })

  it('is in the summary as well', () => {
    const stats = join(folder, 'stats.json')
    run([...scan(linux, quiet), '--stats', stats])
    expect(JSON.parse(readFileSync(stats, 'utf8'))).toMatchObject({
      ending: 'all blind',
      exitCode: 3,
    })
  })

  it('that is not zero is in the table of the README', () => {
    const readme = readFileSync('README.md', 'utf8')
    for (const [word, code] of Object.entries(endings)) {
      expect(readme).toMatch(new RegExp(`\\| ${code} \\|.*\\b${word}\\b`))
    }
  })
})

describe('what was asked for and is not there', () => {
  it.each([
    [['--technique', 'T1559.0001'], 'did you mean "T1559.001"'],
    [['--rule', 'Pipe of a tol'], 'did you mean "Pipe of a tool"'],
    [['--min-level', 'hgih'], 'did you mean "high"'],
    [['--host', 'ws77'], 'no event is of host "ws77"; did you mean "ws7"'],
  ])('%j is refused with what is nearest', (flags, said) => {
    const { status, stderr } = run([...scan(fires, quiet), ...flags])
    expect(status).toBe(3)
    expect(stderr).toContain(said)
  })

  it('is a table, and nothing is said of what was read', () => {
    const { status, stderr, stdout } = run([
      'hunt',
      '* | lookup nowhere Image OUTPUT owner',
      quiet,
    ])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^ipcwatch: rule error: .*"nowhere".*\n$/)
  })

  it.each([
    ['EventCode=4625 Imagee=x', 'no event with id 4625 in the input'],
    [
      'sourcetype=linux_audit Imagee=x',
      'no event of the input is of sourcetype "linux_audit"',
    ],
    [
      '| tstats count from datamodel=Risk',
      'no event of the input is of the data model Risk',
    ],
  ])('is said of %s, instead of names', (search, said) => {
    const { stderr } = run(['hunt', search, quiet])
    expect(stderr).toContain(said)
    expect(stderr).not.toContain('Imagee')
  })

  it('says that the filter blinds, where it does', () => {
    const { stdout } = run([...scan(fires, quiet), '--since', '2027-01-01'])
    expect(stdout).toContain('within the chosen time and hosts')
  })

  it('names an operator that is none', () => {
    const { status, stderr } = run(['events', '--where', 'EventID>5', quiet])
    expect(status).toBe(3)
    expect(stderr).toContain('">" is no operator')
  })
})

describe('threads', () => {
  it('are no more than the machine and the input have use for', () => {
    const { status } = run([...scan(silent, quiet), '--workers', '100000'])
    expect(status).toBe(0)
  })
})

describe('one file under several names', () => {
  it('is read once, and said', () => {
    const dir = join(folder, 'twice')
    mkdirSync(dir)
    writeFileSync(join(dir, 'a.jsonl'), `${JSON.stringify(event)}\n`)
    const args = scan(fires, dir, join(dir, 'a.jsonl'), `${dir}/../twice`)
    const { stdout } = run([...args, '--format', 'ndjson'])
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })
})

// Every command, with every path that it takes: what the system refuses is one line and a code, never a stack trace.
const at = (path: string): readonly (readonly string[])[] => [
  ['scan', path],
  ['scan', '--no-builtin', '--rules', path, quiet],
  ['scan', '--placeholders', path, quiet],
  ['scan', '--stats', path, quiet],
  [
    'scan',
    '--no-builtin',
    '--rules',
    fires,
    '--format',
    'ndjson',
    '-o',
    path,
    quiet,
  ],
  ['hunt', '*', path],
  ['hunt', '--file', path, quiet],
  ['hunt', '--macros', path, '*', quiet],
  ['hunt', '--lookups', path, '*', quiet],
  ['events', path],
  ['events', '-o', path, quiet],
  ['rules', 'list', '--no-builtin', '--rules', path],
  ['rules', 'list', '--placeholders', path],
  ['rules', 'lint', path],
  ['rules', 'test', path],
  ['rules', 'coverage', '--no-builtin', '--rules', path],
  ['rules', 'show', path],
  ['rules', 'explain', fires, path],
  ['rules', 'explain', '--placeholders', path, fires, quiet],
  ['rules', 'equal', fires, silent, path],
  ['rules', 'coverage', '--no-builtin', '--rules', fires, path],
  ['scan', '--suppress', path, quiet],
  ['scan', '--schedule', path, quiet],
  ['hunt', '--geoip', path, '* | iplocation a', quiet],
  ['hunt', '-o', path, '*', quiet],
  ['baseline', 'merge', path],
  ['baseline', 'diff', path, path],
  ['snapshot', '-o', path],
  ['posture', '--checks', path, image],
  ['scripts', path],
  ['scripts', '-o', path, script],
  ['posture', path],
  ['posture', '-o', path, image],
  ['baseline', 'build', path],
  ['baseline', 'build', '-o', path, quiet],
  ['baseline', 'show', path],
  ['scan', '--baseline', path, quiet],
  ['suppressions', 'list', path],
  ['suppressions', 'draft', path],
  ['watch', '--config', path, '--check'],
]

/** One that prints enough of each command that prints. */
const printing: readonly (readonly string[])[] = [
  ['scan', '--no-builtin', '--rules', fires, '--format', 'ndjson', quiet],
  ['hunt', '*', quiet],
  ['events', quiet],
  ['rules', 'list'],
  ['rules', 'lint', broken],
  ['rules', 'test', empty],
  ['rules', 'coverage'],
  ['rules', 'show', fires],
  ['rules', 'explain', fires, quiet],
  ['rules', 'equal', fires, fires, quiet],
  ['scripts', script],
  ['posture', image],
  ['doctor'],
  ['completion', 'zsh'],
  ['--help'],
]

function expectOneLine({ status, stdout, stderr }: ReturnType<typeof run>) {
  expect({ status, stderr }).not.toMatchObject({ status: null })
  expect(status, stderr).toBeGreaterThan(0)
  expect(stderr).not.toMatch(/\n\s+at |node:internal|Error:/)
  expect(stderr).not.toContain('fault')
  expect(stderr + stdout).toMatch(/ipcwatch: |error\[|FAILED /)
}

const writes = (args: readonly string[], path: string) =>
  ['-o', '--stats'].some((flag) => args[args.indexOf(flag) + 1] === path)

describe('ENOENT', () => {
  const absent = join(folder, 'no', 'such', 'file')
  it.each(at(absent))('ipcwatch %s %s %s %s', (...args) => {
    expectOneLine(run(args))
  })
})

describe('EISDIR', () => {
  it.each(at(empty))('ipcwatch %s %s %s %s', (...args) => {
    const ended = run(args)
    const { status, stderr } = ended
    // A folder of lookups may be empty, and one of suppressions: the scan is as clean, the hunt finds as much without.
    if (args.includes('--suppress')) {
      expect(status).toBe(endings.clean)
      expect(stderr).toContain(`no suppressions at "${empty}"`)
    } else if (args.includes('--lookups')) expect(status).toBe(endings.findings)
    else expectOneLine(ended)
  })
})

describe('EACCES', () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed)
  const locked = join(closed, 'locked.jsonl')
  writeFileSync(locked, `${JSON.stringify(event)}\n`)
  chmodSync(locked, 0o000)
  chmodSync(closed, 0o555)
  // The superuser may read everything: somebody else asks.
  const user = process.getuid?.() === 0 ? { user: 65_534 } : {}
  it.each(at(locked))('ipcwatch %s %s %s %s', (...args) => {
    expectOneLine(run(args, user))
  })
})

describe.runIf(process.platform === 'linux')('ENOSPC', () => {
  it.each(at('/dev/full').filter((args) => writes(args, '/dev/full')))(
    'ipcwatch %s %s %s %s',
    (...args) => expectOneLine(run(args)),
  )
  it.each(printing)('standard output of ipcwatch %s %s %s', (...args) => {
    expectOneLine(run(args, { stdout: openSync('/dev/full', 'w') }))
  })
  const watched = ['watch', '--no-sensors', '--until-idle', '1', '--no-builtin']
  it.each([
    [...watched, '--rules', fires, '--out', '/dev/full', quiet],
    [...watched, '--rules', fires, quiet],
  ])('findings of ipcwatch %s %s %s %s', (...args) => {
    const { status, stderr } = run(args, {
      stdout: openSync('/dev/full', 'w'),
    })
    expect({ status, stderr }).toMatchObject({
      status: endings['output closed'],
      stderr: expect.stringContaining('output closed: not all findings'),
    })
  })
})

describe('a path of a watch that is only checked', () => {
  it('is told of where it is not there', () => {
    const { status, stderr } = run(['watch', '--check', quiet, 'nothere.log'])
    expect(status).toBe(endings['unusable path'])
    expect(stderr).toContain('nothere.log')
    expect(run(['watch', '--check', quiet]).status).toBe(0)
  })
})

describe('EPIPE', () => {
  it.each(printing)('standard output of ipcwatch %s %s %s', async (...args) => {
    const child = spawn(process.execPath, [cli, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (text) => {
      stderr += text
    })
    const status = await new Promise((done) => child.on('close', done))
    expect({ status, stderr }).toMatchObject({
      status: endings['output closed'],
    })
    expect(stderr).toContain('output closed: ')
  })
})

describe('a place for the cache that cannot be used', () => {
  it.each([join(folder, 'quiet.jsonl', 'below'), '/dev/full', '/proc'])(
    '%s changes nothing',
    (place) => {
      const env = { IPCWATCH_CACHE: place, HOME: place }
      expect(run(['rules', 'list'], { env }).status).toBe(0)
    },
  )
})

describe.runIf(process.platform !== 'win32')('an interruption', () => {
  const pipe = join(folder, 'pipe')
  spawnSync('mkfifo', [pipe])
  const waiting: readonly (readonly string[])[] = [
    ['scan', '--no-builtin', '--rules', fires, pipe],
    ['scan', '--no-builtin', '--rules', fires, '-'],
    ['hunt', '*', pipe],
    ['events', pipe],
    ['rules', 'explain', fires, pipe],
    ['rules', 'equal', fires, fires, pipe],
  ]
  it.each(waiting)('of ipcwatch %s %s %s %s ends with 130', async (...args) => {
    const child = spawn(process.execPath, [cli, ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (text) => {
      stderr += text
      if (stderr.includes('waiting for')) child.kill('SIGINT')
    })
    const status = await new Promise((done) => child.on('close', done))
    expect({ status, stderr }).toMatchObject({ status: 130 })
    expect(stderr).toContain('interrupted: ')
  })
})

describe('a folder that the system does not give', () => {
  it.each([
    ['scan', '--capture'],
    ['watch', '--no-sensors', '--until-idle', '1', '--state'],
  ])('is named with the reason: %s %s', (...args) => {
    const { status, stderr } = run([...args, '/dev/full', quiet])
    expect(status).toBe(3)
    expect(stderr).toContain(
      '"/dev/full" cannot be used: a file is in the place of a folder',
    )
  })
})
