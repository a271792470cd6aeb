import { describe, expect, it } from 'vitest'

import { configSchema, readConfig } from './config.ts'
import { address, duration, size } from './units.ts'

const wrong = (text: string) =>
  readConfig(text, 'ipcwatch.yml').diagnostics.map(
    (d) => `${d.position!.line}:${d.position!.column} ${d.message}`,
  )

describe('a configuration', () => {
  it('is read with its units', () => {
    const { config, diagnostics } = readConfig(
      [
        'paths: [/var/log/audit/audit.log]',
        'lateness: 10s',
        'metrics: 9108',
        'limits: { outbox: 2GB }',
        'listen:',
        '  - http: 127.0.0.1:8088',
        'outputs:',
        '  - file: findings.ndjson',
        '    rotate: 10MB',
        '    level: high',
        '  - syslog: tls://logs.example:6514',
      ].join('\n'),
      'ipcwatch.yml',
    )
    expect(diagnostics).toEqual([])
    expect(config).toEqual({
      paths: ['/var/log/audit/audit.log'],
      lateness: 10_000,
      metrics: { host: '127.0.0.1', port: 9108 },
      limits: { outbox: 2 * 1024 ** 3 },
      listen: [{ http: { host: '127.0.0.1', port: 8088 } }],
      outputs: [
        { file: 'findings.ndjson', rotate: 10 * 1024 ** 2, level: 'high' },
        { syslog: { host: 'logs.example', port: 6514, tls: true } },
      ],
    })
  })

  it.each([
    ['pahts: [a]', '1:1 unknown key "pahts"; did you mean "paths"?'],
    [
      'lateness: soon',
      '1:11 expected how far events of a source may be out of order: a duration such as 5s, 10m or 1h, found the text "soon"',
    ],
    [
      'input-time-zone: Europe/Berln',
      '1:18 expected the zone of times that state no offset: UTC, local, +02:00 or a name such as Europe/Berlin, found the text "Europe/Berln"',
    ],
    [
      'input-dates: us',
      '1:14 expected with what dates such as 3/4/2026 begin: one of day-first, month-first, found the text "us"',
    ],
    [
      'input-before: soon',
      '1:15 expected the time before which those that state no year lie: 2026-12-01, or counted from now as now and +1d are, found the text "soon"',
    ],
    ['paths: a', '1:8 expected a list, found the text "a"'],
    ['builtin: 1', '1:10 expected true or false, found the number 1'],
    [
      'listen:\n  - http: 1\n    tcp: 2',
      '2:5 expected exactly one of http, tcp, unix, stdin, found http, tcp',
    ],
    [
      'outputs:\n  - level: high',
      '2:5 expected exactly one of terminal, file, webhook, splunk, elasticsearch, syslog, found none',
    ],
    [
      '- a',
      '1:1 expected a mapping of paths, rules, builtin, baseline, schedule, suppressions, level, techniques, hosts, state, lateness, input-time-zone, input-before, input-dates, listen, sensors, outputs, capture, metrics, limits, found a list',
    ],
  ])('that is wrong says where and what was expected: %s', (text, message) => {
    expect(wrong(text)).toEqual([message])
  })

  it('has a schema that knows every key that is read', () => {
    const { properties } = configSchema() as { properties: object }
    expect(Object.keys(properties)).toContain('outputs')
    expect(JSON.stringify(configSchema())).toContain(
      '"additionalProperties":false',
    )
  })
})

describe('units', () => {
  it.each([
    ['500ms', 500],
    ['2', 2_000],
    ['1.5h', 5_400_000],
    ['x', undefined],
    ['-1s', undefined],
  ])('%s is a duration', (text, ms) => expect(duration(text)).toBe(ms))

  it.each([
    ['10', 10],
    ['1K', 1024],
    ['2MiB', 2 * 1024 ** 2],
    ['much', undefined],
  ])('%s is a size', (text, bytes) => expect(size(text)).toBe(bytes))

  it.each([
    ['8088', { host: '127.0.0.1', port: 8088 }],
    ['[::1]:99', { host: '::1', port: 99 }],
    ['a.b:70000', undefined],
  ])('%s is an address', (text, at) => expect(address(text)).toEqual(at))
})
