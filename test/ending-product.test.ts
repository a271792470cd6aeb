// Every command that reads, with every kind of input, of filter, of rules and of signal: how the run ends is a product of tables, and no
// cell is left to chance. What the system refuses of outputs is walked through in endings.test.ts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Ending, endings } from '../src/cli/exit.ts'

import { ownFolder } from './tools/own-folder.ts'
import { cli } from './tools/product.ts'

const { path: folder, file } = ownFolder('product')
chmodSync(folder, 0o777)

function start(args: readonly string[], uid?: number): ChildProcess {
  return spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, IPCWATCH_CACHE: 'off' },
    ...(uid !== undefined && { uid }),
  })
}

/** `heard`: called with all that was said so far. */
async function ended(child: ChildProcess, heard = (_said: string) => {}) {
  let said = ''
  let text = ''
  child.stdout!.on('data', (more) => {
    text += more
  })
  child.stderr!.on('data', (more) => {
    said += more
    heard(said)
  })
  const status = await new Promise((done) => child.on('close', done))
  return { status, said, text }
}

/** Plain from what is printed. */
const silent: readonly Ending[] = ['clean', 'findings', 'rule error']

async function expectEnding(
  args: readonly string[],
  ending: Ending,
  uid?: number,
) {
  const { status, said, text } = await ended(start(args, uid))
  const known = { status, said: said.replaceAll(folder, '') }
  expect(known).toMatchObject({ status: endings[ending] })
  expect(said + text).not.toMatch(/\n\s+at |node:internal|ipcwatch: fault: /)
  if (ending === 'wrong use') expect(said).toMatch(/ipcwatch: |error: |Usage: /)
  else if (!silent.includes(ending)) expect(said).toContain(`${ending}: `)
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
const line = `${JSON.stringify(event)}\n`
const rule = (name: string, over: object = {}) =>
  file(
    name,
    JSON.stringify({
      title: 'Program of a tool',
      id: '0a6e4d31-5b0c-4a5e-9a8e-0f6d1c2b3a49',
      status: 'test',
      level: 'medium',
      tags: ['attack.t1559.001'],
      logsource: { product: 'windows', category: 'process_creation' },
      detection: { s: { 'Image|endswith': '\\other.exe' }, condition: 's' },
      ...over,
    }),
  )
const quietRule = rule('quiet.yml')
const linuxRule = rule('linux.yml', { logsource: { product: 'linux' } })
const brokenRule = file('broken.yml', 'title: no detection\n')
const noRules = join(folder, 'no-rules')
mkdirSync(noRules)

const quiet = file('quiet.jsonl', line)
const none = join(folder, 'none')
mkdirSync(none)
const locked = file('locked.jsonl', line)
chmodSync(locked, 0o000)
/** The superuser may read everything: somebody else asks. */
const somebody = process.getuid?.() === 0 ? 65_534 : undefined

/** What is read, in the words of the README's table. */
const inputs = {
  'what no rule finds': [quiet],
  'an empty file': [file('empty.jsonl', '')],
  'a blank line': [file('blank.jsonl', '\n')],
  'an empty folder': [none],
  'records of no known shape': [file('strange.jsonl', '{"a":1,"b":{"c":2}}\n')],
  'a damaged record': [file('torn.jsonl', `${line}{"Image": tor\n`)],
  'an archive that is not opened': [
    file('a.7z', '7z\u00bc\u00af\u0027\u001c'),
    quiet,
  ],
  'bytes of no format': [file('bytes', Buffer.from([0, 1, 2, 255, 254, 9]))],
  'a path that is not there': [join(folder, 'absent.jsonl')],
  'one that is not there beside one that is': [
    join(folder, 'absent.jsonl'),
    quiet,
  ],
  'a pattern that nothing matches': [join(folder, 'absent*.jsonl')],
  'a file that may not be read': [locked],
  'one that may not be read beside one that may': [locked, quiet],
} as const

type InputName = keyof typeof inputs

/** Commands that read telemetry: what they are called with, and where they end otherwise than most. */
interface Reader {
  readonly args: (paths: readonly string[], rules?: string) => readonly string[]
  readonly except?: Partial<Record<InputName, Ending>>
  /** It takes one path. */
  readonly single?: true
}

const readers: Readonly<Record<string, Reader>> = {
  scan: {
    args: (paths, rules = quietRule) => [
      'scan',
      '--no-builtin',
      '--rules',
      rules,
      ...paths,
    ],
  },
  hunt: { args: (paths) => ['hunt', 'Image=*other.exe', ...paths] },
  // It judges nothing: what it printed is there.
  events: {
    args: (paths) => ['events', ...paths],
    except: { 'records of no known shape': 'clean' },
  },
  'rules equal': {
    args: (paths, rules = quietRule) => [
      'rules',
      'equal',
      rules,
      rules,
      ...paths,
    ],
  },
  'rules explain': {
    args: (paths, rules = quietRule) => ['rules', 'explain', rules, ...paths],
    // Of one record.
    except: { 'a damaged record': 'clean' },
    single: true,
  },
  'rules coverage': {
    args: (paths, rules = quietRule) => [
      ...['rules', 'coverage', '--no-builtin', '--rules', rules],
      ...paths,
    ],
  },
  watch: {
    args: (paths, rules = quietRule) => [
      ...['watch', '--no-sensors', '--until-idle', '1'],
      ...['--no-builtin', '--rules', rules, ...paths],
    ],
    // In a folder that is watched something may come.
    except: {
      'an empty folder': 'nothing read',
      'bytes of no format': 'nothing read',
    },
  },
  'baseline build': {
    args: (paths) => ['baseline', 'build', ...paths],
  },
  scripts: {
    args: (paths) => ['scripts', ...paths],
    except: {
      'what no rule finds': 'nothing read',
      'records of no known shape': 'nothing read',
      'a damaged record': 'nothing read',
      'an archive that is not opened': 'nothing read',
    },
  },
}

const usually: Readonly<Record<InputName, Ending>> = {
  'what no rule finds': 'clean',
  'an empty file': 'nothing read',
  'a blank line': 'nothing read',
  'an empty folder': 'unusable path',
  'records of no known shape': 'unknown shapes',
  'a damaged record': 'incomplete',
  'an archive that is not opened': 'incomplete',
  'bytes of no format': 'nothing read',
  'a path that is not there': 'unusable path',
  'one that is not there beside one that is': 'unusable path',
  'a pattern that nothing matches': 'unusable path',
  'a file that may not be read': 'unusable path',
  'one that may not be read beside one that may': 'unusable path',
}

describe.each(Object.entries(readers))('%s of', (_name, reader) => {
  const names = (Object.keys(inputs) as InputName[]).filter(
    (name) => !reader.single || inputs[name].length === 1,
  )
  it.concurrent.each(names)('%s', async (name) => {
    const ending = reader.except?.[name] ?? usually[name]
    const uid = name.includes('may not be read') ? somebody : undefined
    await expectEnding(reader.args(inputs[name]), ending, uid)
  })
})

/** What leaves nothing over, by command. */
const scoped = [
  ['--since', '2027-01-01'],
  ['--until', '1999-01-01'],
  ['--host', 'ws8'],
  ['--host', 'ws8*'],
] as const
const selected = [
  ['--rule', 'Program of a tol', 'wrong use'],
  ['--technique', 'T1559.0001', 'wrong use'],
  ['--technique', 'T1218', 'wrong use'],
  ['--min-level', 'critical', 'no rule in force'],
  ['--min-level', 'hgih', 'wrong use'],
  ['--level', 'high', 'no rule in force'],
  ['--tag', 'attack.t1218', 'wrong use'],
  ['--status', 'stable', 'wrong use'],
  ['--exclude', 'Program of a tool', 'no rule in force'],
] as const

describe('a filter that leaves nothing', () => {
  const cases = ['scan', 'hunt', 'events', 'baseline build'].flatMap((name) =>
    scoped.map(([flag, value]) => [name, flag, value] as const),
  )
  it.concurrent.each(cases)('%s %s %s', async (name, flag, value) => {
    await expectEnding(
      [...readers[name]!.args([quiet]), flag, value],
      'nothing in scope',
    )
  })

  const ruled: Readonly<Record<string, readonly string[]>> = {
    scan: readers.scan!.args([quiet]),
    'rules list': ['rules', 'list', '--no-builtin', '--rules', quietRule],
    'rules coverage': [
      'rules',
      'coverage',
      '--no-builtin',
      '--rules',
      quietRule,
    ],
    'rules coverage of telemetry': readers['rules coverage']!.args([quiet]),
    'rules convert': [
      ...['rules', 'convert', '--to', 'spl', '-o', join(folder, 'converted')],
      ...['--no-builtin', '--rules', quietRule],
    ],
  }
  const ofRules = Object.entries(ruled).flatMap(([name, args]) =>
    selected.map(([flag, value, ending]) => ({
      name,
      args,
      flag,
      value,
      ending,
    })),
  )
  it.concurrent.each(ofRules)(
    '$name $flag $value',
    async ({ args, flag, value, ending }) => {
      await expectEnding([...args, flag, value], ending)
    },
  )
})

describe('rules', () => {
  const byRules = ['scan', 'watch'] as const
  const kinds: readonly (readonly [string, string, Ending])[] = [
    ['of which there are none', noRules, 'no rule in force'],
    ['that are all blind', linuxRule, 'all blind'],
    ['that are refused', brokenRule, 'rule error'],
    ['that are not there', join(folder, 'absent.yml'), 'rule error'],
  ]
  const cases = byRules.flatMap((name) =>
    kinds.map(([which, rules, ending]) => ({ name, which, rules, ending })),
  )
  it.concurrent.each(cases)(
    '$which: $name',
    async ({ name, rules, ending }) => {
      await expectEnding(readers[name]!.args([quiet], rules), ending)
    },
  )
})

describe.runIf(process.platform !== 'win32')('a signal', () => {
  const followed = ['watch']
  const waiting = Object.keys(readers).filter(
    (name) => !followed.includes(name),
  )
  const cases = (['SIGINT', 'SIGTERM'] as const).flatMap((signal) =>
    waiting.map((name) => ({ signal, name })),
  )
  it.concurrent.each(cases)(
    '$signal interrupts $name',
    async ({ signal, name }) => {
      const pipe = join(folder, `${signal} ${name}`)
      spawnSync('mkfifo', [pipe])
      const child = start(readers[name]!.args([pipe]))
      const { status, said } = await ended(child, (said) => {
        if (said.includes('waiting for')) child.kill(signal)
      })
      expect({ status, said }).toMatchObject({ status: endings.interrupted })
      expect(said).toContain('interrupted: ')
    },
  )

  it.concurrent.each([
    ['SIGINT', 'interrupted'],
    // It is how services are stopped.
    ['SIGTERM', 'clean'],
  ] as const)('%s ends a watch: %s', async (signal, ending) => {
    const args = [
      'watch',
      '--no-sensors',
      '--no-builtin',
      '--rules',
      quietRule,
      quiet,
    ]
    const child = start(args)
    const { status, said } = await ended(child, (said) => {
      if (said.includes('watching '))
        setTimeout(() => child.kill(signal), 1_500)
    })
    expect({ status, said }).toMatchObject({ status: endings[ending] })
  })
})

const suppression = file(
  'suppression.yml',
  '- when: { User: ana }\n  hosts: ws7\n  until: 2099-01-01\n  owner: ana\n  reason: expected\n',
)

/** Other commands, with what has an ending of its own. */
const others: readonly (readonly [Ending, readonly string[]])[] = [
  ['clean', ['help']],
  ['clean', ['help', 'scan']],
  ['clean', ['rules', 'help', 'lint']],
  ['clean', ['scan', '--help']],
  ['clean', ['--version']],
  ['wrong use', []],
  ['wrong use', ['rules']],
  ['wrong use', ['help', 'scna']],
  ['wrong use', ['scna', quiet]],
  ['wrong use', ['scan', '--nosuch', quiet]],
  ['clean', ['suppressions', 'list', suppression]],
  ['nothing read', ['suppressions', 'list', none]],
  [
    'nothing read',
    ['suppressions', 'test', none, '--findings', inputs['an empty file'][0]],
  ],
  [
    'nothing read',
    [
      'suppressions',
      'test',
      suppression,
      '--findings',
      inputs['an empty file'][0],
    ],
  ],
  ['nothing read', ['suppressions', 'draft', inputs['an empty file'][0]]],
  ['no rule in force', ['rules', 'lint', none]],
  ['no evidence', ['rules', 'test', none]],
  ['nothing read', ['posture', none]],
  [
    'clean',
    [
      'events',
      quiet,
      '--fields',
      'host,time,Image',
      '--since',
      '1999-01-01',
      '--until',
      'now',
    ],
  ],
  ['nothing in scope', ['events', quiet, '--since', 'yesterday']],
]

describe('of the other commands', () => {
  it.concurrent.each(others)('%s: ipcwatch %j', async (ending, args) => {
    await expectEnding(args, ending)
  })
})
