import { describe, expect, it } from 'vitest'

import { collect } from '../../test/tools/collect.ts'

import { Shape } from '../base/record.ts'
import { fieldOf } from '../event/event.ts'
import { jsonl } from '../readers/jsonl/index.ts'

import { Normaliser } from './normaliser.ts'

function normalise(columns: object) {
  const line = JSON.stringify({
    name: 'anything',
    hostIdentifier: 'mac1',
    unixTime: 1_772_619_700,
    columns,
    action: 'added',
  })
  const [record] = collect(jsonl, `${line}\n`).records
  const { provenance, fields } = record!
  const shape = new Shape(Object.keys(fields))
  return new Normaliser().event(
    {
      shape,
      provenance,
      number: 1,
      offset: 0,
      writtenAt: undefined,
      value: (i) => fields[shape.names[i]!],
    },
    'a.json',
  )
}

describe('osquery results', () => {
  it('tell that nobody logged in by the id that says so', () => {
    const event = normalise({
      pid: '12',
      path: '/usr/bin/nc',
      cmdline: 'nc',
      auid: '4294967295',
    })
    expect(fieldOf(event, 'NobodyLoggedIn')).toBe(true)
    expect(fieldOf(event, 'LoginUserId')).toBeUndefined()
  })

  it.each([
    ['1', 'connect', 'socket_connect'],
    ['1', 'bind', 'socket_bind'],
    ['2', 'connect', 'network_connection'],
  ])(
    'of family %s tell that a socket was given to %s',
    (family, action, category) => {
      const event = normalise({
        pid: '12',
        path: '/usr/bin/nc',
        family,
        action,
        remote_address: '',
        remote_port: '0',
        socket: family === '1' ? '/run/ex.sock' : '',
      })
      expect(event.shape.logSource.category).toEqual([category])
    },
  )

  it('tell a process start by its columns', () => {
    const event = normalise({
      pid: '12',
      parent: '1',
      path: '/usr/bin/nc',
      cmdline: 'nc -U /run/ex.sock',
      time: '1772619600',
    })
    expect(event.shape.logSource.category).toEqual(['process_creation'])
    expect(event.host()).toBe('mac1')
    expect(event.time()).toBe(1_772_619_600_000)
    expect(fieldOf(event, 'Image')).toBe('/usr/bin/nc')
    expect(fieldOf(event, 'ProcessId')).toBe(12)
    expect(fieldOf(event, 'ParentProcessId')).toBe(1)
    expect(fieldOf(event, 'NobodyLoggedIn')).toBeUndefined()
  })

  it('say nothing of the log source of other rows', () => {
    const event = normalise({ version: '5' })
    expect(event.shape.logSource.category).toBeUndefined()
    expect(event.time()).toBe(1_772_619_700_000)
  })
})
