import { describe, expect, it } from 'vitest'

import { provenance, Shape, type Value } from '../base/record.ts'

import { schema } from '../event/schema/index.ts'

import { Normaliser } from './normaliser.ts'

function normalise(
  id: string,
  fields: Readonly<Record<string, Value>>,
  provider = 'endpoint',
) {
  const values = Object.values(fields)
  const event = new Normaliser().event(
    {
      shape: new Shape(Object.keys(fields)),
      provenance: provenance('ecs', provider, '', id),
      number: 1,
      offset: 0,
      writtenAt: undefined,
      value: (i) => values[i],
    },
    'ecs.json',
  )
  const out: Record<string, unknown> = {}
  event.shape.names.forEach((name, i) => {
    if (!(name in fields)) out[name] = event.value(i)
  })
  return { out, source: event.shape.logSource, event }
}

describe('ecs', () => {
  it.each([
    ['process//start', ['process_creation']],
    ['process/no word of the schema/info,start', ['process_creation']],
    ['process/fork/start', ['process_fork']],
    ['file//creation', ['file_event']],
    ['registry//change', ['registry_set', 'registry_event']],
    ['process/other/info', []],
  ])('goes by the type where the action is not known: %s', (id, categories) => {
    const { source } = normalise(id, { 'host.os.type': 'windows' })
    expect([source.category ?? []].flat()).toEqual(
      expect.arrayContaining(categories),
    )
  })

  it('spells a key of the registry as others do, and names its default value', () => {
    const { out } = normalise('registry/modification', {
      'registry.path':
        'HKEY_USERS\\S-1-5-21-1_Classes\\CLSID\\{b5f8350b-0548-48b1-a6ee-88bd00b4a5e7}\\InprocServer32\\',
    })
    expect(out.TargetObject).toBe(
      'HKU\\S-1-5-21-1\\Software\\Classes\\CLSID\\{b5f8350b-0548-48b1-a6ee-88bd00b4a5e7}\\InprocServer32\\(Default)',
    )
  })

  it("bears Sigma's names", () => {
    const { out, source, event } = normalise('process/exec', {
      '@timestamp': '2021-01-14T14:48:01.6044323Z',
      'host.os.family': 'macos',
      'host.name': 'mac1',
      'process.executable': '/usr/bin/osascript',
      'process.args': ['osascript', '-e', 'x'],
      'process.pid': 10161,
      'process.entity_id': 'abc',
      'process.parent.executable': '/Applications/A.app',
      'process.hash.md5': 'aa',
      'process.hash.sha256': 'bb',
      'user.name': 'ana',
    })
    expect(out).toEqual({
      Image: '/usr/bin/osascript',
      CommandLine: 'osascript -e x',
      ProcessId: 10161,
      ProcessGuid: 'abc',
      ParentImage: '/Applications/A.app',
      Hashes: 'MD5=aa,SHA256=bb',
      md5: 'aa',
      sha256: 'bb',
      Computer: 'mac1',
      User: 'ana',
    })
    expect(source).toMatchObject({
      product: 'macos',
      category: ['process_creation'],
      service: [],
    })
    expect(event.host()).toBe('mac1')
    expect(event.time()).toBeCloseTo(
      Date.UTC(2021, 0, 14, 14, 48, 1, 604) + 0.4323,
      3,
    )
    expect(Object.keys(out).filter((n) => !(n in schema))).toEqual([])
  })

  it('prefers the command line to the arguments, and joins domain and user', () => {
    const { out } = normalise('process/start', {
      'process.command_line': 'a  b',
      'process.args': ['a', 'b'],
      'user.name': 'ana',
      'user.domain': 'CORP',
    })
    expect(out).toEqual({ CommandLine: 'a  b', User: 'CORP\\ana' })
  })

  it('sees pipes that are reported as files', () => {
    const { out } = normalise('file/creation', {
      'file.path': '\\Device\\NamedPipe\\msagent_1a',
    })
    expect(out.PipeName).toBe('\\msagent_1a')
  })

  it.each([
    ['process/end', ['process_termination']],
    ['process/whatever', []],
    ['file/rename', ['file_event', 'file_rename']],
    ['library/load', ['image_load']],
    ['network/lookup_requested', ['dns_query']],
    ['process,file/creation', ['file_event']],
    ['process,malware/x', undefined],
    ['web/access', undefined],
    ['', undefined],
  ])('is %j in the category %j', (id, category) => {
    expect(normalise(id, { a: 1 }).source.category).toEqual(category)
  })

  it('leaves product and service open where nothing tells them', () => {
    expect(normalise('web/access', { a: 1 }, 'nginx').source).toMatchObject({
      product: undefined,
      service: undefined,
    })
  })
})
