import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import type { Finding } from '../src/findings/finding.ts'

import { writeEvtx } from './tools/evtx-writer.ts'
import { ownFolder } from './tools/own-folder.ts'
import { run as runProduct } from './tools/product.ts'

const { path: folder, file } = ownFolder('cli')

const run = (...args: string[]) => runProduct(args)

const pipeEvent = {
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 17,
  Computer: 'WS1',
  UtcTime: '2026-01-02 03:04:05.678',
  EventType: 'CreatePipe',
  PipeName: '\\msagent_1a',
  Image: 'C:\\Users\\ana\\tool.exe',
}
const quietEvent = {
  ...pipeEvent,
  PipeName: '\\lsass',
  Image: 'C:\\Windows\\System32\\lsass.exe',
}

const line = (event: object) => `${JSON.stringify(event)}\n`
const guilty = file('guilty.jsonl', line(quietEvent) + line(pipeEvent))
const innocent = file('innocent.jsonl', line(quietEvent))

function findings(stdout: string): Finding[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((l) => JSON.parse(l) as Finding)
}

describe('the first command of README', () => {
  it('has findings, and nothing that is out of order', () => {
    const { status, stdout, stderr } = run('scan', 'examples/')
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    expect(stdout).toMatch(/^findings +\d+ high/m)
  })
})

describe('a command that is forgotten', () => {
  it('is guessed where a path stands in its place', () => {
    const { status, stderr } = run(guilty)
    expect(status).toBe(3)
    expect(stderr).toContain(`did you mean "ipcwatch scan ${guilty}"?`)
    expect(run('report').stderr).toContain(
      'commands of "ipcwatch" are scan, hunt, events',
    )
  })

  it.each([
    ['documents', '--help'],
    ['rules', 'lst', '--help'],
    ['help', 'scam'],
    ['rules', 'help', 'lst'],
  ])('is refused, also where help is asked for: %s %s %s', (...args) => {
    const { status, stdout, stderr } = run(...args)
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain('unknown command "')
  })

  it('is told of among the commands of its group', () => {
    const { stderr } = run('rules', 'lst')
    expect(stderr).toContain('did you mean "list"')
    expect(stderr).toContain('commands of "ipcwatch rules" are list, lint')
  })
})

describe('times in the input that state no offset', () => {
  const untimed = { ...pipeEvent, UtcTime: undefined }
  const logs = file(
    'local-times.jsonl',
    line({ ...untimed, EventTime: '2026-07-01 10:00:00' }) +
      line({ ...untimed, EventTime: '2026-07-01T10:00:00Z' }) +
      line({ ...pipeEvent, UtcTime: '2026-07-01 10:00:00.000' }),
  )
  const times = (...args: string[]) =>
    run('events', logs, ...args)
      .stdout.trimEnd()
      .split('\n')
      .map((l) => (JSON.parse(l) as { time: string }).time.slice(11, 16))

  it('are of UTC, or of the zone that is named', () => {
    expect(times()).toEqual(['10:00', '10:00', '10:00'])
    for (const workers of ['0', '2'])
      expect(
        times('--input-time-zone', 'Europe/Berlin', '--workers', workers),
      ).toEqual(['08:00', '10:00', '10:00'])
  })

  it('are of no zone that there is not', () => {
    const { status, stderr } = run('events', logs, '--input-time-zone', 'Mars')
    expect(status).toBe(3)
    expect(stderr).toContain('expected UTC, local, an offset')
  })
})

describe('times and dates that do not say all of themselves', () => {
  const first = (name: string, text: string, ...args: string[]) => {
    const { stdout } = run('events', file(name, text), ...args)
    return (JSON.parse(stdout.split('\n')[0]!) as { time: string | null }).time
  }

  it('are of the last year before a day that is named', () => {
    const line =
      'Dec 30 10:00:00 web1 audit[7]: SYSCALL arch=c000003e syscall=39 success=yes exit=0 comm="a" exe="/bin/a"\n'
    expect(first('short.log', line)).toBeNull()
    expect(first('short.log', line, '--input-before', '2026-03-01')).toBe(
      '2025-12-30T10:00:00.000Z',
    )
  })

  it('have the order that is named', () => {
    const table =
      'TimeCreated,Id,LogName,MachineName,ProviderName,Message\n3/4/2026 10:00:00,7045,System,ws7,Service Control Manager,x\n'
    expect(first('dates.csv', table)).toBe('2026-03-04T10:00:00.000Z')
    expect(first('dates.csv', table, '--input-dates', 'day-first')).toBe(
      '2026-04-03T10:00:00.000Z',
    )
  })
})

describe('scan', () => {
  it('ends with 1 on findings and points at the record', () => {
    const { status, stdout } = run('scan', guilty, '--format', 'ndjson')
    expect(status).toBe(1)
    const [finding] = findings(stdout)
    expect(finding).toMatchObject({
      host: 'WS1',
      time: '2026-01-02T03:04:05.678Z',
    })
    expect(finding!.evidence[0]).toMatchObject({
      file: guilty,
      record: 2,
      offset: line(quietEvent).length,
    })
    expect(finding!.techniques.some((t) => t.startsWith('T1559'))).toBe(true)
  })

  it('ends with 0 where nothing was found', () => {
    expect(run('scan', innocent)).toMatchObject({ status: 0, stderr: '' })
  })

  it('says which rules were blind and why', () => {
    expect(run('scan', innocent).stdout).toMatch(
      /no event of windows\/registry_set: \d+ rules/,
    )
  })

  it('calls a rule blind that asks for what its log source never has', () => {
    const source = 'logsource: { product: windows, category: pipe_created }'
    const foreign = file(
      'foreign-id.yml',
      `title: foreign id\n${source}\ndetection: { sel: { EventID: 1, PipeName: x }, condition: sel }\n`,
    )
    const counted = file(
      'unfilled-group.yml',
      `title: base\nname: base\n${source}\ndetection: { sel: { PipeName|contains: x }, condition: sel }\n---\ntitle: group\ncorrelation: { type: event_count, rules: base, group-by: [Computr], timespan: 5m, condition: { gte: 2 } }\n`,
    )
    const scan = (rules: string) =>
      run('scan', guilty, '--no-builtin', '--rules', rules)
    expect(scan(foreign)).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('has EventID 1'),
    })
    expect(scan(counted)).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('has Computr'),
    })
  })

  it('reads standard input', () => {
    const { status, stdout } = runProduct(['scan', '-', '--format', 'ndjson'], {
      input: line(pipeEvent),
    })
    expect(status).toBe(1)
    expect(findings(stdout)[0]!.evidence[0]).toMatchObject({
      file: '-',
      record: 1,
    })
  })

  it('writes the summary as JSON', () => {
    const stats = join(folder, 'stats.json')
    run('scan', guilty, '--quiet', '--stats', stats)
    expect(JSON.parse(readFileSync(stats, 'utf8'))).toMatchObject({
      files: 1,
      events: 2,
      damaged: 0,
      interrupted: false,
    })
  })

  it('keeps to the selected rules, times and hosts', () => {
    expect(run('scan', guilty, '--technique', 'T1021.003').status).toBe(0)
    expect(run('scan', guilty, '--technique', 't1559').status).toBe(1)
    expect(run('scan', guilty, '--min-level', 'critical').status).toBe(3)
    expect(run('scan', guilty, '--until', '2026-01-03').status).toBe(1)
    expect(run('scan', guilty, '--host', 'ws1').status).toBe(1)
    expect(run('scan', guilty, '--no-builtin').stdout).toContain('0 loaded')
  })

  it('takes a host name without a domain for the host in any', () => {
    const member = { ...pipeEvent, Computer: 'ws7.corp.example' }
    const path = file('member.jsonl', line(member))
    expect(run('scan', path, '--host', 'WS7').status).toBe(1)
    expect(run('scan', path, '--host', 'ws*.corp.example').status).toBe(1)
    for (const other of ['ws', 'ws7.other.example']) {
      const { status, stderr } = run('scan', path, '--host', other)
      expect(status).toBe(3)
      expect(stderr).toContain(`no event is of host "${other}"`)
    }
  })

  it('does not call clean what no rule has looked at', () => {
    const { status, stderr } = run('scan', guilty, '--rule', 'no such rule')
    expect(status).toBe(3)
    expect(stderr).toContain('no rule is called "no such rule"')
  })

  it('names what it cannot read', () => {
    const path = file('logs.7z', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'))
    const { stderr } = run('scan', path, guilty)
    expect(stderr).toContain('7z archive, not inspected')
  })

  it('reads on where names of fields and events are hostile', () => {
    const path = file(
      'hostile.jsonl',
      line({ ...pipeEvent, EventID: '__proto__' }) +
        line({ ...pipeEvent, EventID: 'constructor', Level: 'constructor' }) +
        line(pipeEvent),
    )
    const { status, stderr } = run('scan', path, '--format', 'ndjson')
    expect(status).toBe(1)
    expect(stderr).toContain('3 events')
  })

  it('finds the same with any number of workers', () => {
    // Large enough to be cut into pieces.
    const lines = (line(quietEvent) + line(pipeEvent)).repeat(40_000)
    const many = file('many.jsonl', lines)
    const outputs = ['0', '1', '2', '4'].map(
      (n) =>
        run('scan', many, '--workers', n, '--format', 'ndjson', '--quiet')
          .stdout,
    )
    const [first] = outputs
    expect(
      findings(first!.slice(0, first!.lastIndexOf('\n'))).length,
    ).toBeGreaterThan(100)
    expect(new Set(outputs).size).toBe(1)
  }, 240_000)

  it('makes one finding of a process start that two providers wrote', () => {
    const both = writeEvtx([
      {
        provider: 'Microsoft-Windows-Sysmon',
        channel: 'Microsoft-Windows-Sysmon/Operational',
        eventId: 1,
        computer: 'WS1',
        time: 1e12,
        data: {
          UtcTime: '2001-09-09 01:46:40.000',
          ProcessId: 6964,
          Image: 'C:\\Windows\\System32\\cmd.exe',
          CommandLine: 'cmd /c whoami',
          ParentImage: 'C:\\Windows\\System32\\mmc.exe',
          ParentCommandLine: 'C:\\Windows\\System32\\mmc.exe -Embedding',
        },
      },
      {
        provider: 'Microsoft-Windows-Security-Auditing',
        channel: 'Security',
        eventId: 4688,
        version: 2,
        computer: 'WS1',
        time: 1e12 + 20,
        data: {
          NewProcessId: '0x1b34',
          NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
          CommandLine: 'cmd /c whoami',
          ParentProcessName: 'C:\\Windows\\System32\\mmc.exe',
        },
      },
    ])
    const rule = file(
      'twin.yml',
      'title: mmc starts cmd\nid: 3a1f2a52-6f0e-4b54-9c59-2f4c0f4d1c11\nstatus: test\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s: {ParentImage|endswith: \\mmc.exe, Image|endswith: \\cmd.exe}\n  condition: s\nlevel: high\n',
    )
    const { stdout } = run(
      'scan',
      file('both.evtx', both),
      '--no-builtin',
      '--rules',
      rule,
      '--format',
      'ndjson',
      '--quiet',
    )
    const found = findings(stdout)
    expect(found).toHaveLength(1)
    expect(found[0]!.evidence.map((e) => e.record)).toEqual([1, 2])
  })
})

describe('wrong use', () => {
  const evtx = writeEvtx([
    { provider: 'p', channel: 'c', eventId: 1, computer: 'WS1', time: 0 },
  ])
  const empty = file('empty.evtx', '')
  mkdirSync(join(folder, 'void'), { recursive: true })
  const cases: [string, string[], number, RegExp][] = [
    [
      'a path that is not there',
      ['/no/such/path', guilty],
      3,
      /\/no\/such\/path: no such file or folder/,
    ],
    ['an empty file', [empty, guilty], 1, /empty\.evtx: empty, 0 bytes/],
    [
      'a folder without files',
      [join(folder, 'void')],
      3,
      /void: no files in this folder/,
    ],
    [
      'bytes that are no telemetry',
      [
        file(
          'garbage.bin',
          Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)),
        ),
        guilty,
      ],
      1,
      /garbage\.bin: .*not inspected/,
    ],
    [
      'a gzip that is cut off',
      [
        file(
          'cut.jsonl.gz',
          gzipSync(line(pipeEvent).repeat(400)).subarray(0, 120),
        ),
        innocent,
      ],
      0,
      /cut\.jsonl\.gz: damaged: gzip/,
    ],
    [
      'an EVTX that ends within its first chunk',
      [file('torn.evtx', evtx.subarray(0, 4500)), guilty],
      1,
      /torn\.evtx: damaged/,
    ],
  ]
  for (const [what, paths, status, message] of cases) {
    it(`names ${what} and reads the rest`, () => {
      const result = run('scan', ...paths, '--quiet', '--format', 'ndjson')
      expect(result.stderr).toMatch(message)
      if (status !== 0) expect(result.status).toBe(status)
      if (paths.includes(guilty))
        expect(findings(result.stdout)).not.toEqual([])
    })
  }

  it.skipIf(process.getuid?.() === 0)(
    'names a file that may not be read',
    () => {
      const locked = file('locked.jsonl', line(pipeEvent))
      chmodSync(locked, 0o000)
      const result = run('scan', locked, guilty, '--quiet')
      expect(result.stderr).toMatch(/locked\.jsonl: .*permission denied/)
    },
  )

  it('says where a rule is wrong, ends with 2, and still runs the others', () => {
    const bad = file(
      'bad.yml',
      'title: x\nlogsource: {product: windows}\ndetection:\n  sel:\n    Image|contians: a\n  condition: sel\n',
    )
    const result = run(
      'scan',
      guilty,
      '--rules',
      bad,
      '--format',
      'ndjson',
      '--quiet',
    )
    expect(result.status).toBe(2)
    expect(result.stderr).toMatch(
      /error\[S\d+\] unknown modifier "contians"[^\n]*\n[^\n]*bad\.yml:5:\d+ +did you mean "contains"/,
    )
    expect(findings(result.stdout)).not.toEqual([])
  })

  it('ends with 3 on flags that do not exist, and suggests', () => {
    const result = run('scan', guilty, '--frmat', 'ndjson')
    expect(result.status).toBe(3)
    expect(result.stderr).toMatch(/--format/)
  })

  it('does not call nothing clean', () => {
    expect(run('scan', empty).status).toBe(3)
  })
})

describe('events', () => {
  it('prints what the readers see, one event a line', () => {
    const { stdout, status } = run('events', guilty)
    expect(status).toBe(0)
    const [first] = stdout.split('\n')
    expect(JSON.parse(first!)).toMatchObject({
      file: guilty,
      record: 1,
      offset: 0,
      host: 'WS1',
      logSource: {
        product: 'windows',
        category: 'pipe_created',
        service: 'sysmon',
      },
      fields: quietEvent,
    })
  })

  it('keeps to fields and conditions', () => {
    const { stdout } = run(
      'events',
      guilty,
      '--fields',
      'PipeName',
      '--where',
      'PipeName|contains=MSAGENT',
    )
    expect(
      stdout
        .trim()
        .split('\n')
        .map((l) => (JSON.parse(l) as { fields: object }).fields),
    ).toEqual([{ PipeName: '\\msagent_1a' }])
  })

  it('refuses a condition that is none', () => {
    expect(
      run('events', guilty, '--where', 'PipeName|contians=x'),
    ).toMatchObject({ status: 3, stderr: expect.stringMatching(/contains/) })
  })
})
