import { describe, expect, it } from 'vitest'

import type { Fact } from '../facts/fact.ts'
import { Processes } from './processes.ts'

const origin = { file: 'f', record: 1, offset: 0 }

function fact(
  kind: 'start' | 'end' | 'load',
  seconds: number,
  fields: Fact['fields'],
): Fact {
  return {
    kind,
    time: seconds * 1_000,
    host: 'h',
    hostShown: 'H',
    product: 'windows',
    category: undefined,
    service: undefined,
    fields,
    origin,
    units: 10,
  }
}

const started = (seconds: number, ProcessId: number, ProcessGuid: string) =>
  fact('start', seconds, { ProcessId, ProcessGuid, Image: 'C:\\a.exe' })
const ended = (seconds: number, ProcessId: number, ProcessGuid: string) =>
  fact('end', seconds, { ProcessId, ProcessGuid })

describe('processes', () => {
  it('are forgotten a minute after they ended, and not before', () => {
    const all = new Processes()
    const one = all.start(started(0, 4, '{1}'))
    all.start(started(0, 8, '{2}'))
    all.end(ended(10, 4, '{1}'))
    all.end(ended(69, 8, '{2}'))
    expect(all.find('h', { guid: '{1}' }, 12_000)).toBe(one)
    all.end(ended(71, 99, '{9}'))
    all.start(started(71, 12, '{3}'))
    all.end(ended(71, 12, '{3}'))
    expect(all.find('h', { guid: '{1}' }, 71_000)).toBeUndefined()
    expect(all.find('h', { pid: 4 }, 11_000)).toBeUndefined()
    expect(all.find('h', { guid: '{2}' }, 71_000)?.pid).toBe(8)
    expect(all.forgotten).toBe(0)
  })

  it('stay while they live, and above those that they started', () => {
    const all = new Processes()
    const parent = all.start(started(0, 4, '{1}'))
    const child = all.start(
      fact('start', 5, {
        ProcessId: 8,
        ProcessGuid: '{2}',
        Image: 'C:\\b.exe',
        ParentProcessId: 4,
        ParentProcessGuid: '{1}',
      }),
    )
    all.end(ended(10, 4, '{1}'))
    for (let i = 0; i < 100; i++) {
      all.start(started(100 + i, 1_000 + i, `{x${i}}`))
      all.end(ended(100 + i, 1_000 + i, `{x${i}}`))
    }
    expect(all.find('h', { guid: '{2}' }, 300_000)).toBe(child)
    expect(child.parent).toBe(parent)
  })

  it('that end when another gets their number are forgotten as well', () => {
    const all = new Processes()
    all.start(started(0, 4, '{1}'))
    all.start(started(10, 4, '{2}'))
    all.start(started(80, 8, '{3}'))
    all.end(ended(80, 8, '{3}'))
    expect(all.find('h', { guid: '{1}' }, 80_000)).toBeUndefined()
    expect(all.find('h', { pid: 4 }, 80_000)?.guid).toBe('{2}')
  })
})
