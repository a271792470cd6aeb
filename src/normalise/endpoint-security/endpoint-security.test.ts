import { describe, expect, it } from 'vitest'

import { provenance, Shape, type Value } from '../../base/record.ts'

import { schema } from '../../event/schema/index.ts'

import { logSourceOf, Normaliser } from '../normaliser.ts'

import { codeSigningFlags } from './code-signing.ts'
import { eventRows, rowsOfEvent } from './events.ts'

type Json = { readonly [name: string]: Value }

/** The canonical names, values and categories of an event with these flattened fields. */
function normalise(event: string, fields: Json) {
  const shape = new Shape(Object.keys(fields))
  const values = Object.values(fields)
  const made = new Normaliser().event(
    {
      shape,
      provenance: provenance('endpoint-security', '', '', event),
      number: 1,
      offset: 0,
      writtenAt: undefined,
      value: (i) => values[i],
    },
    'es.jsonl',
  )
  const out: Record<string, unknown> = {}
  made.shape.names.forEach((name, i) => {
    if (name in fields) return
    const value = made.value(i)
    if (value !== undefined) out[name] = value
  })
  return {
    ...out,
    time: made.time(),
    source: made.shape.logSource,
    names: made.shape.names,
  } as Record<string, unknown> & {
    source: typeof made.shape.logSource
    names: readonly string[]
  }
}

const token = (
  of: string,
  pid: number,
  version: number,
  uid: number,
): Json => ({
  [`${of}.audit_token.auid`]: 4294967295,
  [`${of}.audit_token.euid`]: uid,
  [`${of}.audit_token.ruid`]: uid,
  [`${of}.audit_token.pid`]: pid,
  [`${of}.audit_token.pidversion`]: version,
})

const actor: Json = {
  time: '2025-08-07T13:21:35.880814738Z',
  'process.executable.path': '/bin/zsh',
  'process.ppid': 1,
  'process.signing_id': 'com.apple.zsh',
  'process.team_id': null,
  'process.codesigning_flags': 0x26010001,
  'process.is_platform_binary': true,
  ...token('process', 700, 1500, 501),
}

describe('endpoint-security actors', () => {
  it('are named with their identity and signature', () => {
    expect(normalise('exit', { ...actor, 'event.exit.stat': 9 })).toMatchObject(
      {
        Image: '/bin/zsh',
        ProcessId: 700,
        ProcessGuid: '700.1500',
        ParentProcessId: 1,
        UserId: 501,
        SigningId: 'com.apple.zsh',
        TeamId: null,
        IsPlatformBinary: true,
        CodeSigningFlags: [
          'CS_VALID',
          'CS_RUNTIME',
          'CS_NO_UNTRUSTED_HELPERS',
          'CS_PLATFORM_BINARY',
          'CS_SIGNED',
        ],
        ExitCode: 9,
        time: Date.UTC(2025, 7, 7, 13, 21, 35, 880) + 0.814738,
        source: {
          product: 'macos',
          service: ['endpointsecurity'],
          category: ['process_termination'],
        },
      },
    )
  })

  it.each([
    ['a list of eight', [4294967295, 0, 0, 501, 20, 700, 9, 1500]],
    ['a dashed string', '4294967295-0-0-501-20-700-9-1500'],
  ])('have the same identity when the token is %s', (_, audit_token) => {
    const found = normalise('exit', {
      'process.executable.path': '/bin/zsh',
      'process.audit_token': audit_token as Value,
      'process.parent_audit_token': [0, 0, 0, 0, 0, 1, 9, 742],
    })
    expect(found).toMatchObject({
      ProcessGuid: '700.1500',
      ParentProcessId: 1,
      ParentProcessGuid: '1.742',
      UserId: 501,
      EffectiveUserId: 0,
      EffectiveUser: 'root',
    })
    expect(found.LoginUserId).toBeUndefined()
    expect(found.NobodyLoggedIn).toBe(true)
    expect(found.User).toBeUndefined()
  })

  it('have no names for what the record lacks', () => {
    const { names } = normalise('exit', { 'process.executable.path': '/x' })
    expect(names).toEqual(['process.executable.path', 'Image'])
  })

  it('survive a token of another form', () => {
    for (const audit_token of ['x', '1-2', [1, 2], null, 7] as Value[]) {
      const found = normalise('exit', {
        'process.executable.path': '/x',
        'process.audit_token': audit_token,
      })
      expect(found.ProcessId).toBeUndefined()
    }
  })
})

describe('endpoint-security exec', () => {
  const exec = (more: Json) =>
    normalise('exec', {
      ...actor,
      'event.exec.target.executable.path': '/usr/bin/curl',
      ...token('event.exec.target', 700, 1501, 0),
      'event.exec.args': ['curl', '-s', 'x'],
      ...more,
    })

  it('is an event of the new image, and says what the process was', () => {
    expect(exec({ 'event.exec.cwd.path': '/tmp' })).toMatchObject({
      Image: '/usr/bin/curl',
      CommandLine: 'curl -s x',
      ProcessGuid: '700.1501',
      User: 'root',
      CurrentDirectory: '/tmp',
      PreviousImage: '/bin/zsh',
      ParentImage: '/bin/zsh',
      source: { category: ['process_creation'] },
    })
  })

  it('does not take xpcproxy for a parent', () => {
    expect(
      exec({ 'process.executable.path': '/usr/libexec/xpcproxy' }),
    ).toMatchObject({
      PreviousImage: '/usr/libexec/xpcproxy',
      ParentImage: '/sbin/launchd',
    })
  })

  it('tells what standard input and output are', () => {
    const fds = [
      { fd: 0, fdtype: 6, pipe: { pipe_id: 9031 } },
      { fd: 1, fdtype: 2 },
    ]
    expect(exec({ 'event.exec.fds': JSON.stringify(fds) })).toMatchObject({
      StdinType: 'pipe',
      StdinPipeId: 9031,
      StdoutType: 'socket',
    })
    expect(exec({ 'event.exec.fds': '[{"fd"' }).StdinType).toBeUndefined()
    expect(exec({ 'event.exec.fds': '[null, 1]' }).StdinType).toBeUndefined()
  })
})

describe('endpoint-security IPC', () => {
  it('names an XPC service and its domain', () => {
    const of = 'event.xpc_connect'
    expect(
      normalise('xpc_connect', {
        ...actor,
        [`${of}.service_name`]: 'com.example.helper',
        [`${of}.service_domain_type`]: 1,
      }),
    ).toMatchObject({
      Image: '/bin/zsh',
      XpcService: 'com.example.helper',
      XpcDomain: 'SYSTEM',
      source: { category: ['xpc_connect'] },
    })
  })

  it('names the path of a UNIX socket', () => {
    expect(
      normalise('uipc_connect', {
        ...actor,
        'event.uipc_connect.file.path': '/var/run/docker.sock',
        'event.uipc_connect.domain': 1,
      }),
    ).toMatchObject({
      SocketPath: '/var/run/docker.sock',
      SocketFamily: 'unix',
      source: { category: ['socket_connect'] },
    })
    expect(
      normalise('uipc_bind', {
        ...actor,
        'event.uipc_bind.dir.path': '/private/tmp',
        'event.uipc_bind.filename': 's',
        'event.uipc_bind.mode': 0o140600,
      }),
    ).toMatchObject({ SocketPath: '/private/tmp/s', FileMode: '0600' })
  })

  it('names both sides of a task port, a trace and a remote thread', () => {
    for (const event of [
      'get_task',
      'get_task_read',
      'trace',
      'remote_thread_create',
    ]) {
      const of = `event.${event}.target`
      expect(
        normalise(event, {
          ...actor,
          [`${of}.executable.path`]: '/System/x',
          [`${of}.signing_id`]: 'com.apple.x',
          ...token(of, 88, 99, 0),
        }),
      ).toMatchObject({
        SourceImage: '/bin/zsh',
        SourceProcessId: 700,
        TargetImage: '/System/x',
        TargetProcessId: 88,
        TargetProcessGuid: '88.99',
        TargetUser: 'root',
        TargetSigningId: 'com.apple.x',
      })
    }
    expect(
      logSourceOf(provenance('endpoint-security', '', '', 'trace')).category,
    ).toEqual(['process_access'])
  })
})

describe('endpoint-security files', () => {
  it('join a directory and a name', () => {
    const of = 'event.create.destination'
    expect(
      normalise('create', {
        ...actor,
        [`${of}.new_path.dir.path`]: '/Library/LaunchDaemons/',
        [`${of}.new_path.filename`]: 'x.plist',
      }),
    ).toMatchObject({
      TargetFilename: '/Library/LaunchDaemons/x.plist',
      source: { category: ['file_event'] },
    })
    expect(
      normalise('rename', {
        ...actor,
        'event.rename.source.path': '/tmp/x',
        'event.rename.destination.existing_file.path': '/etc/y',
      }),
    ).toMatchObject({ SourceFilename: '/tmp/x', TargetFilename: '/etc/y' })
  })

  it('are images when they are mapped to be executed', () => {
    const mmap = (protection: number) =>
      normalise('mmap', {
        ...actor,
        'event.mmap.source.path': '/tmp/x.dylib',
        'event.mmap.protection': protection,
      })
    expect(mmap(5)).toMatchObject({
      ImageLoaded: '/tmp/x.dylib',
      source: { category: ['image_load'] },
    })
    expect(mmap(1).source.category).toEqual([])
  })
})

describe('endpoint-security as a whole', () => {
  it('leaves the category of an event it does not know open', () => {
    expect(normalise('novelty', actor).source.category).toBeUndefined()
  })

  it('adds no name that the schema lacks', () => {
    const names = Object.entries(eventRows).flatMap(([event, row]) => {
      const probed = rowsOfEvent(event).flatMap((r) => r.of)
      const target: Json = row.target
        ? {
            [`event.${event}.${row.target}.executable.path`]: '/x',
            ...token(`event.${event}.${row.target}`, 1, 2, 3),
          }
        : {}
      const all = { ...actor, ...target }
      const fields = Object.fromEntries(probed.map((p) => [p, null]))
      return normalise(event, { ...all, ...fields }).names
    })
    const canonical = names.filter((n) => /^[A-Z]/.test(n))
    expect(canonical.length).toBeGreaterThan(100)
    expect([...new Set(canonical)].filter((n) => !(n in schema))).toEqual([])
  })

  it('reads flags up to the highest bit', () => {
    expect(codeSigningFlags(0x80000001)).toEqual([
      'CS_VALID',
      'CS_DATAVAULT_CONTROLLER',
    ])
    expect(codeSigningFlags(0)).toEqual([])
  })
})
