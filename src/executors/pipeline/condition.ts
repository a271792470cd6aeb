// Conditions as searches ask them: meaning's own tests of events and of rows. What no test can be made of ends the search
// with its reason.
import type { Event } from '../../event/event.ts'

import type { Predicate } from '../../ir/predicate.ts'

import { RefusedLeaf } from '../../meaning/leaf.ts'
import type { Test } from '../../meaning/predicate.ts'
import { eventTest, valuesTest } from '../../meaning/tests.ts'

import { SearchRefusal } from './limit.ts'
import type { Row } from './row.ts'

export type RowTest = Test<Row>

export function testOfEvent(p: Predicate): Test<Event> {
  return orLimit(() => eventTest(p))
}

export function testOfRow(p: Predicate): RowTest {
  const test = orLimit(() => valuesTest(p))
  return (row) => test(row.values)
}

function orLimit<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof RefusedLeaf)) throw error
    throw new SearchRefusal(error.message, 'write the condition otherwise')
  }
}
