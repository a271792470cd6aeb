import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  type Provenance,
  provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../base/record.ts'

import { fieldOf, keepEvent } from '../event/event.ts'

import { logSourceOf, Normaliser } from './normaliser.ts'

function record(
  shape: Shape,
  from: Provenance,
  values: readonly (Value | undefined)[],
  number = 1,
): SourceRecord {
  return {
    shape,
    provenance: from,
    number,
    offset: number * 10,
    writtenAt: undefined,
    value: (i) => values[i],
  }
}

const hinted = provenance('hints', 'windows', '', 'process_creation')

describe('Normaliser', () => {
  it('keeps the fields of flat JSON and takes the log source from its hints', () => {
    const shape = new Shape(['Image', 'UtcTime', 'Computer'])
    const event = new Normaliser().event(
      record(shape, hinted, ['C:\\a.exe', '2020-10-13 04:24:51.699', 'pc1'], 7),
      'a.jsonl',
    )
    expect(fieldOf(event, 'Image')).toBe('C:\\a.exe')
    expect(event.time()).toBe(Date.UTC(2020, 9, 13, 4, 24, 51, 699))
    expect(event.host()).toBe('pc1')
    expect(event.origin).toEqual({ file: 'a.jsonl', record: 7, offset: 70 })
    expect(event.shape.logSource).toMatchObject({
      product: 'windows',
      category: ['process_creation'],
      service: undefined,
    })
  })

  it.each([null, '', '-', undefined])(
    'derives a canonical name whose own column holds %j',
    (blank) => {
      const shape = new Shape([
        'PipeName',
        'SourceIp',
        'User',
        'RelativeTargetName',
        'ShareName',
        'IpAddress',
        'SubjectUserName',
        'SubjectDomainName',
      ])
      const from = provenance(
        'windows',
        'Microsoft-Windows-Security-Auditing',
        'Security',
        '5145',
      )
      const rest = ['atsvc', '\\\\*\\IPC$', '10.1.2.3', 'mia', 'LAB']
      const normaliser = new Normaliser()
      const event = normaliser.event(
        record(shape, from, [blank, blank, blank, ...rest]),
        'x',
      )
      expect(fieldOf(event, 'PipeName')).toBe('\\atsvc')
      expect(fieldOf(event, 'SourceIp')).toBe('10.1.2.3')
      expect(fieldOf(event, 'User')).toBe('LAB\\mia')
      // What the record does say under the name is never replaced, and a blank that nothing fills stays.
      const said = normaliser.event(
        record(shape, from, ['\\own', '10.9.9.9', 'LAB\\bo', ...rest]),
        'x',
      )
      expect(fieldOf(said, 'PipeName')).toBe('\\own')
      expect(fieldOf(said, 'SourceIp')).toBe('10.9.9.9')
      expect(fieldOf(said, 'User')).toBe('LAB\\bo')
      const none = normaliser.event(
        record(shape, from, [blank, blank, blank]),
        'x',
      )
      expect(fieldOf(none, 'User')).toBe(blank)
    },
  )

  it('takes the first filled of several names of a field', () => {
    const shape = new Shape([
      'process.executable',
      'process.path',
      'process.args',
      'process.command_line',
    ])
    const from = provenance(
      'ecs',
      'endpoint.events.process',
      '',
      'process/start',
    )
    const event = new Normaliser().event(
      record(shape, from, ['/bin/ls', null, ['ls', '-l'], null]),
      'x',
    )
    expect(fieldOf(event, 'Image')).toBe('/bin/ls')
    expect(fieldOf(event, 'CommandLine')).toBe('ls -l')
  })

  it('leaves the log source of an unknown record unknown', () => {
    const event = new Normaliser().event(
      record(new Shape(['a']), provenance('unknown', '', '', ''), [1]),
      'x',
    )
    expect(event.shape.logSource).toMatchObject({
      product: undefined,
      category: undefined,
      service: undefined,
    })
  })

  it('shares one event shape among alike events of different readers', () => {
    const a = new Normaliser().event(
      record(new Shape(['Image', 'User']), hinted, []),
      'a',
    ).shape
    const b = new Normaliser().event(
      record(new Shape(['Image', 'User']), hinted, []),
      'b',
    ).shape
    const c = new Normaliser().event(
      record(new Shape(['User', 'Image']), hinted, []),
      'c',
    ).shape
    expect(b).toBe(a)
    expect(c).not.toBe(a)
  })

  it('reuses one event, of which a kept copy stays', () => {
    const normaliser = new Normaliser()
    const shape = new Shape(['Image'])
    const first = normaliser.event(record(shape, hinted, ['one']), 'f')
    const kept = keepEvent(first)
    const second = normaliser.event(record(shape, hinted, ['two'], 2), 'f')
    expect(second).toBe(first)
    expect(fieldOf(second, 'Image')).toBe('two')
    expect(fieldOf(kept, 'Image')).toBe('one')
    expect(kept.origin.record).toBe(1)
  })

  it('takes the first time that can be read, then what the container states', () => {
    const shape = new Shape(['UtcTime', '@timestamp'])
    const normaliser = new Normaliser()
    const read = (values: (Value | undefined)[]) =>
      normaliser.event(
        { ...record(shape, hinted, values), writtenAt: 5, shape },
        'f',
      )
    expect(read(['-', '1970-01-01T00:00:01Z']).time()).toBe(1000)
    expect(read([undefined, undefined]).time()).toBe(5)
  })

  it('tells the log source of a provenance before a record is decoded', () => {
    expect(logSourceOf(hinted).category).toEqual(['process_creation'])
    expect(
      logSourceOf(provenance('windows', 'Some-Provider', 'Some', '1')),
    ).toMatchObject({ product: 'windows' })
  })
})

describe('every normaliser', () => {
  const names: readonly string[] = [
    ...['type', 'syscall', 'arch', 'SYSCALL', 'a0', 'a1', 'a2', 'saddr'],
    ...['SADDR', 'name', 'nametype', 'mode', 'cwd', 'exe', 'argv', 'key'],
    ...['uid', 'auid', 'opid', 'uring_op', 'oflag', 'timestamp', 'node'],
    ...['process.audit_token', 'process.executable.path', 'time', 'UtcTime'],
    ...['process.codesigning_flags', 'event.exec.target.audit_token'],
    ...['event.exec.fds', 'event.exec.args', 'event.xpc_connect.service_name'],
    ...['event.xpc_connect.service_domain_type', 'event.mmap.protection'],
    ...['process.command_line', 'process.args', 'file.path', 'host.os.type'],
    ...[
      'user.name',
      'process.hash.md5',
      '@timestamp',
      'EventID',
      'TargetObject',
    ],
    ...['GrantedAccess', 'Hashes', 'PipeName', 'CommandLine', 'EventType'],
  ]
  const scalar = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('c000003e', '42', '59', '257', '101', '0100002F', '-', ''),
    fc.constantFrom(
      'constructor',
      '__proto__',
      'CREATE',
      '0140755',
      '/proc/1/mem',
      '../x',
      '[{"fd":0}]',
    ),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 9 }))
  const from = fc.constantFrom(
    provenance('linux-audit', '', '', 'SYSCALL+SOCKADDR+CWD+PATH'),
    provenance('linux-audit', '', '', ''),
    provenance('endpoint-security', '', '', 'exec'),
    provenance('endpoint-security', '', '', 'xpc_connect'),
    provenance('endpoint-security', '', '', 'mmap'),
    provenance('ecs', 'endpoint', '', 'process/exec'),
    provenance('ecs', '', '', '__proto__/constructor'),
    provenance('windows', 'Microsoft-Windows-Sysmon', 'x', '10'),
    provenance('windows', 'Microsoft-Windows-Sysmon', 'x', '12'),
    provenance('endpoint-security', '', '', 'constructor'),
    provenance('windows', '', 'constructor', '1'),
    provenance('hints', '', '', ''),
    provenance('document', '', '', ''),
  )

  it('survives values of any type under the names it reads', () => {
    fc.assert(
      fc.property(
        from,
        fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
        fc.array(value, { minLength: names.length, maxLength: names.length }),
        (origin, own, values) => {
          const event = new Normaliser().event(
            record(new Shape(own), origin, values),
            'f',
          )
          const kept = keepEvent(event)
          expect(kept.shape.logSource).toBeDefined()
          const time = kept.time()
          expect(time === undefined || Number.isFinite(time)).toBe(true)
        },
      ),
      { seed: 1559, numRuns: 1500 },
    )
  })
})
