import { describe, expect, it } from 'vitest'

import type { Predicate } from '../../ir/predicate.ts'

import { StreamExecutor } from '../../executors/stream/executor.ts'

import { eventOf, ruleOf } from '../../../test/tools/event-of.ts'

import { isWaiting, splitRules } from './enriched-rules.ts'
import { detections } from './selection.ts'

const is = (field: string, text: string): Predicate => ({
  kind: 'text',
  field,
  pattern: [text],
  cased: false,
})
const not = (of: Predicate): Predicate => ({ kind: 'not', of })
const all = (...of: Predicate[]): Predicate => ({ kind: 'and', of })

/** Whether an event waits for the join, of which the record has these fields. */
function waits(
  condition: Predicate,
  fields: Readonly<Record<string, string>>,
  logSource = {},
): boolean {
  const own = detections(splitRules([ruleOf(condition, logSource)]).inThreads)
  expect(own.map(isWaiting)).toEqual([true])
  let held = false
  new StreamExecutor(own, { index: true, routing: false }).match(
    eventOf(fields),
    () => {
      held = true
    },
  )
  return held
}

describe('a rule over what lineage says', () => {
  it('waits where what its record says does not decide', () => {
    const asked = all(is('Image', 'a'), is('ParentPrivilege', 'user'))
    expect(waits(asked, { Image: 'a' })).toBe(true)
    expect(waits(asked, { Image: 'b' })).toBe(false)
    const denied = all(is('Image', 'a'), not(is('ParentPrivilege', 'user')))
    expect(waits(denied, { Image: 'a' })).toBe(true)
  })

  it('decides by a field that the record has, where only some lack it', () => {
    const linux = { product: 'linux' }
    const asked = is('ParentImage', '/bin/sh')
    expect(waits(asked, { Image: 'a' }, linux)).toBe(true)
    expect(waits(asked, { ParentImage: '/bin/sh' }, linux)).toBe(true)
    expect(waits(asked, { ParentImage: '/bin/ls' }, linux)).toBe(false)
    expect(waits(not(asked), { ParentImage: '/bin/sh' }, linux)).toBe(false)
    expect(waits(not(asked), { Image: 'a' }, linux)).toBe(true)
  })

  it('takes no command line of a call for the one in force', () => {
    const call = { product: 'linux', category: 'socket_connect' }
    const stale = { CommandLine: 'bash job.sh' }
    expect(waits(is('CommandLine', 'curl x'), stale, call)).toBe(true)
    expect(waits(not(is('CommandLine', 'bash job.sh')), stale, call)).toBe(true)
  })
})

describe('rules', () => {
  it('that ask for neither edges nor lineage stay as they are', () => {
    const rule = ruleOf(is('Image', 'a'), { product: 'windows' })
    const split = splitRules([rule])
    expect(split.inThreads).toEqual([rule])
    expect(split.onMade).toEqual([])
  })

  it('on edges name the kinds that they ask for', () => {
    const edge = { category: 'ipc_edge' }
    expect(splitRules([ruleOf(is('EdgeKind', 'xpc'), edge)]).edges).toEqual([
      'xpc',
    ])
    expect(
      splitRules([ruleOf(is('PrivilegeStep', 'up'), edge)]).edges.length,
    ).toBeGreaterThan(5)
  })
})
