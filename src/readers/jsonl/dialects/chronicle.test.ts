import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { pipeSample, xmlEvent } from '../../../../test/tools/json-builders.ts'
import { jsonl } from '../index.ts'

const read = (object: unknown) =>
  collect(jsonl, `${JSON.stringify(object)}\n`).records[0]!

const program = 'C:\\t\\probe.exe'
const explorer = 'C:\\Windows\\explorer.exe'
const time = '2026-03-04T10:20:30.125Z'

/** In the case of rules; the API's is camel case. */
function event(type: string, members: object, more: object = {}) {
  return {
    metadata: {
      event_timestamp: time,
      event_type: type,
      product_name: 'Microsoft-Windows-Sysmon',
      log_type: 'WINDOWS_SYSMON',
      ...more,
    },
    ...members,
  }
}

const process = (full_path: string, pid: string, command_line?: string) => ({
  process: { pid, file: { full_path }, ...(command_line && { command_line }) },
})
const actor = { hostname: 'ws1', ...process(program, '900') }

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, v]) => [
      name.replaceAll(/_[a-z]/g, (m) => m[1]!.toUpperCase()),
      camel(v),
    ]),
  )
}

const cases: readonly (readonly [string, string, object, object])[] = [
  [
    'a process start',
    'process_creation',
    event('PROCESS_LAUNCH', {
      principal: {
        hostname: 'ws1',
        user: { userid: 'ana' },
        ...process(explorer, '500', 'explorer'),
      },
      target: process(program, '900', 'probe.exe -x'),
    }),
    {
      Image: program,
      CommandLine: 'probe.exe -x',
      ProcessId: 900,
      ParentImage: explorer,
      ParentProcessId: 500,
      User: 'ana',
    },
  ],
  [
    'a process start of which the principal is the process',
    'process_creation',
    event('PROCESS_LAUNCH', {
      principal: {
        hostname: 'ws1',
        process: {
          ...process(program, '900', 'probe.exe -x').process,
          parent_process: process(explorer, '500').process,
        },
      },
      target: { process: { pid: '0' } },
    }),
    { Image: program, CommandLine: 'probe.exe -x', ParentImage: explorer },
  ],
  [
    'a process that is opened',
    'process_access',
    event('PROCESS_OPEN', {
      principal: actor,
      target: {
        process: {
          ...process('C:\\Windows\\System32\\lsass.exe', '4').process,
          access_mask: '5136',
        },
      },
    }),
    { SourceImage: program, TargetProcessId: 4, GrantedAccess: '0x1410' },
  ],
  [
    'a pipe',
    'pipe_created',
    event('PROCESS_UNCATEGORIZED', {
      principal: actor,
      target: { resource: { name: '\\example_4f', resource_type: 'PIPE' } },
    }),
    { Image: program, PipeName: '\\example_4f' },
  ],
  [
    'a pipe in a free value',
    'pipe_created',
    event('PROCESS_UNCATEGORIZED', {
      principal: actor,
      additional: { fields: { PipeName: { string_value: '\\example_4f' } } },
    }),
    { Image: program, PipeName: '\\example_4f' },
  ],
  [
    'a module',
    'image_load',
    event('PROCESS_MODULE_LOAD', {
      principal: actor,
      target: { file: { full_path: 'C:\\t\\a.dll' } },
    }),
    { Image: program, ImageLoaded: 'C:\\t\\a.dll' },
  ],
  [
    'a file',
    'file_event',
    event('FILE_CREATION', {
      principal: actor,
      target: { file: { full_path: 'C:\\t\\a.txt' } },
    }),
    { Image: program, TargetFilename: 'C:\\t\\a.txt' },
  ],
  [
    'a value of the registry',
    'registry_set',
    event('REGISTRY_MODIFICATION', {
      principal: actor,
      target: {
        registry: {
          registry_key: 'HKLM\\Software\\X',
          registry_value_name: 'v',
          registry_value_data: 'd',
        },
      },
    }),
    { TargetObject: 'HKLM\\Software\\X\\v', Details: 'd' },
  ],
  [
    'a connection',
    'network_connection',
    event('NETWORK_CONNECTION', {
      principal: { ...actor, ip: '10.0.0.1', port: 4000 },
      target: { ip: '10.1.1.1', port: 445 },
    }),
    { SourceIp: '10.0.0.1', DestinationIp: '10.1.1.1', DestinationPort: 445 },
  ],
]

describe.each(cases)('of UDM, %s', (_, category, own, fields) => {
  it.each([
    ['alone', own],
    ['in the case of the API', camel(own)],
    [
      'as an answer to a search has it',
      { events: [{ name: 'e/1', udm: camel(own) }] },
    ],
    ['as a detection has it', { references: [{ event: own }] }],
    ['as a parser makes it', { event: { idm: { read_only_udm: own } } }],
  ])('bears the names of Sigma: %s', (_, object) => {
    const got = read(object)
    expect(got.fields).toMatchObject({
      Computer: 'ws1',
      timestamp: time,
      ...fields,
    })
    expect(got.provenance).toMatchObject({
      family: 'hints',
      provider: 'windows',
      id: category,
    })
  })
})

it('free values in a list are fields as well', () => {
  const fields = [
    { key: 'CallTrace', value: { stringValue: 'C:\\a.dll+1' } },
    { key: 'Image', value: { stringValue: 'other' } },
  ]
  const got = read(
    event('PROCESS_UNCATEGORIZED', {
      principal: actor,
      target: { resource: { name: '\\example_4f', resource_type: 'PIPE' } },
      additional: { fields },
    }),
  )
  expect(got.fields).toMatchObject({
    CallTrace: 'C:\\a.dll+1',
    Image: program,
  })
})

describe('the raw log of UDM', () => {
  const udm = event('PROCESS_UNCATEGORIZED', { principal: actor })
  const xml = xmlEvent(pipeSample)

  it.each([
    ['in base64', { udm, rawLog: Buffer.from(xml).toString('base64') }],
    ['as it is', { ...udm, raw_log: xml }],
  ])('is read, with the model beside: %s', (_, object) => {
    const { fields, provenance } = read(object)
    expect(provenance).toMatchObject({ family: 'windows', id: '17' })
    expect(fields).toMatchObject({ PipeName: '\\example_4f' })
    expect(fields).toMatchObject({
      'metadata.event_type': udm.metadata.event_type,
    })
  })

  it('that holds nothing known leaves what the model says', () => {
    const got = read({ ...udm, raw_log: 'an unknown line' })
    expect(got.fields).toMatchObject({ Computer: 'ws1' })
  })
})

it('an object that has metadata of other things is none of UDM', () => {
  const { provenance } = read({ metadata: { event_type: 'x' }, a: 1 })
  expect(provenance.family).toBe('unknown')
})
