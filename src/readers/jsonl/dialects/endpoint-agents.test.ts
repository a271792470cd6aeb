import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { jsonl } from '../index.ts'

const read = (object: unknown) =>
  collect(jsonl, `${JSON.stringify(object)}\n`).records[0]!

const program = 'C:\\t\\probe.exe'
const explorer = 'C:\\Windows\\explorer.exe'

describe('a process start told by', () => {
  it.each([
    [
      'CrowdStrike',
      {
        event_simpleName: 'ProcessRollup2',
        aid: 'a',
        ComputerName: 'ws1',
        event_platform: 'Win',
        timestamp: '1772619630125',
        ImageFileName: program,
        CommandLine: 'probe.exe -x',
        ParentBaseFileName: explorer,
        RawProcessId: '900',
      },
    ],
    [
      'SentinelOne',
      {
        'event.type': 'Process Creation',
        'event.time': 1772619630125,
        'endpoint.name': 'ws1',
        'endpoint.os': 'windows',
        src: { process: { image: { path: explorer }, pid: 500 } },
        tgt: {
          process: {
            image: { path: program },
            cmdline: 'probe.exe -x',
            pid: 900,
          },
        },
      },
    ],
    [
      'Carbon Black',
      {
        type: 'endpoint.event.procstart',
        process_path: explorer,
        childproc_name: program,
        target_cmdline: 'probe.exe -x',
        childproc_pid: 900,
        device_name: 'CORP\\ws1',
        device_os: 'WINDOWS',
        device_timestamp: '2026-03-04 10:20:30.125 +0000 UTC',
      },
    ],
    [
      'OCSF',
      {
        class_uid: 1007,
        category_uid: 1,
        type_uid: 100701,
        time: 1772619630125,
        device: { hostname: 'ws1', os: { type_id: 100 } },
        process: {
          pid: 900,
          cmd_line: 'probe.exe -x',
          file: { path: program },
        },
        actor: { process: { file: { path: explorer } } },
      },
    ],
  ])('%s bears the names of Sigma', (_, object) => {
    const { fields, provenance } = read(object)
    expect(provenance).toMatchObject({
      family: 'hints',
      provider: 'windows',
      id: 'process_creation',
    })
    expect(fields).toMatchObject({
      Computer: 'ws1',
      Image: program,
      CommandLine: 'probe.exe -x',
      ParentImage: explorer,
      ProcessId: 900,
    })
  })

  it('audisp-json is one of Linux', () => {
    const { fields, provenance } = read({
      category: 'execve',
      hostname: 'web1',
      timestamp: '2026-03-04T10:20:30.125Z',
      details: {
        auditserial: '77',
        command: 'probe -x',
        process: '/usr/bin/probe',
        pid: '900',
      },
    })
    expect(provenance).toMatchObject({ provider: 'linux' })
    expect(fields).toMatchObject({
      Image: '/usr/bin/probe',
      CommandLine: 'probe -x',
      ProcessId: 900,
    })
  })

  it.each([
    ['Server', '\\Server'],
    ['', '\\(Default)'],
  ])(
    'a value of the registry that is called %j stands behind its key',
    (name, end) => {
      const key =
        '\\REGISTRY\\USER\\S-1-5-21-1_Classes\\CLSID\\{1}\\InprocServer32'
      const { fields } = read({
        event_simpleName: 'AsepValueUpdate',
        aid: 'a',
        event_platform: 'Win',
        RegObjectName: key,
        RegValueName: name,
        RegStringValue: 'x.dll',
      })
      expect(fields).toMatchObject({
        TargetObject: `HKU${key.slice('\\REGISTRY\\USER'.length)}${end}`,
        Details: 'x.dll',
      })
    },
  )

  it('what LogScale exports is of the same kinds', () => {
    const { fields, provenance } = read({
      '@timestamp': '2026-03-04T10:20:30.125Z',
      '#event_simpleName': 'ProcessRollup2',
      ComputerName: 'ws1',
      ImageFileName: program,
    })
    expect(provenance.id).toBe('process_creation')
    expect(fields).toMatchObject({ Image: program, Computer: 'ws1' })
  })

  it('a kind that no category has stays as it is', () => {
    const object = { event_simpleName: 'Other', aid: 'a', X: 1 }
    const { fields, provenance } = read(object)
    expect(provenance).toMatchObject({ id: '' })
    expect(fields).toEqual(object)
  })
})

describe('a row of osquery', () => {
  it('that stands alone is known by its columns', () => {
    const row = { pid: '9', path: '/usr/bin/a', cmdline: 'a', parent: '1' }
    for (const object of [row, { host: 'web1', rows: [row] }])
      expect(read(object).provenance.family).toBe('osquery')
  })
})

describe('pieces of a container', () => {
  it('are none where no text of the source ends with a line break', () => {
    const line = (log: string) => ({ log, stream: 'stdout', time: 'x' })
    const text = [line('{"product":"linux"}'), line('{"product":"macos"}')]
      .map((o) => `${JSON.stringify(o)}\n`)
      .join('')
    const { records } = collect(jsonl, text)
    expect(records.map((r) => r.fields.product)).toEqual(['linux', 'macos'])
  })
})
