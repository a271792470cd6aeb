// What does a check say of what is known? Each thing that it is about is judged for itself, and the gravest stands for all. What nobody
// looked at is unknown; what was looked at and is not set is read as the check says.
import type { Binding, Fact, FactValue, Facts } from '../facts/facts.ts'
import {
  type Address,
  type Check,
  type Remedy,
  type Status,
  statuses,
} from './check.ts'
import { type Expectation, judgeValue, printExpectations } from './expect.ts'

export interface CheckedPlace {
  readonly status: Status
  /** In one line: what is set, or that nothing is. */
  readonly actual: string
  readonly meaning?: string
  readonly key?: string
  readonly name?: string
  readonly file?: string
  readonly offset?: number
  readonly line?: number
  /** What the braces of the check stand for here. */
  readonly about: Binding
  readonly fact?: Fact
}

export interface Checked {
  readonly check: Check
  readonly status: Status
  readonly expected: string
  /** The gravest first. */
  readonly places: readonly CheckedPlace[]
  /** Places beyond those kept. */
  readonly more: number
}

/** What mends a place, and what takes that back: what is not there may need another remedy than what is set wrongly. */
export function remedyFor(
  { remedy, undo, absent }: Check,
  place: CheckedPlace | undefined,
): { readonly remedy: Remedy; readonly undo: string } {
  const isAbsent = place !== undefined && !place.fact && absent.remedy
  return isAbsent
    ? { remedy: isAbsent, undo: absent.undo ?? undo }
    : { remedy, undo }
}

/** Places named of one check, and places looked at: keys of classes number some ten thousand. */
const maxPlaces = 50
const maxLooked = 1_000_000

export function judge(check: Check, facts: Facts): Checked {
  const counts = new Map<Status, CheckedPlace[]>()
  let total = 0
  for (const place of placesOf(check, facts)) {
    if (++total > maxLooked) break
    const kept = counts.get(place.status) ?? []
    if (kept.length < maxPlaces) kept.push(place)
    counts.set(place.status, kept)
  }
  if (total === 0) {
    const nothing = nothingThere(check, facts)
    counts.set(nothing.status, [nothing])
    total = 1
  }
  const places = statuses
    .flatMap((s) => counts.get(s) ?? [])
    .slice(0, maxPlaces)
  return {
    check,
    status: places[0]!.status,
    expected: printExpectations(check.expect),
    places,
    more: total - places.length,
  }
}

function nothingThere(check: Check, facts: Facts): CheckedPlace {
  if (!facts.tellsOf(check.platform)) {
    const actual = `nothing read tells of ${check.platform}`
    return { status: 'not applicable', actual, about: {} }
  }
  const told = check.each && facts.patternCoveredBy(check.each)
  return told
    ? {
        status: 'not applicable',
        actual: `there is no ${check.each} to judge`,
        key: check.each!,
        file: told,
        about: {},
      }
    : {
        status: 'unknown',
        actual: `nothing read tells of ${check.each ?? check.look[0]!.key}`,
        about: {},
      }
}

function* placesOf(check: Check, facts: Facts): Generator<CheckedPlace> {
  if (!facts.tellsOf(check.platform)) return
  const policy = check.gpo && facts.at('gpo', check.gpo.name)
  if (policy) {
    yield placeOfPolicy(check, policy)
    return
  }
  if (!check.each) {
    yield placeOf(check, facts, {})
    return
  }
  for (const { binding } of facts.matching(check.each)) {
    if (isMeant(check, facts, binding)) yield placeOf(check, facts, binding)
  }
}

function isMeant(check: Check, facts: Facts, about: Binding): boolean {
  return check.when.every(({ look, expect }) => {
    const fact = factAt(facts, look, about)
    return fact !== undefined && judgeValue(fact.value, expect).holds === true
  })
}

function placeOf(check: Check, facts: Facts, about: Binding): CheckedPlace {
  const untolds: Address[] = []
  for (const look of check.look) {
    const fact = factAt(facts, look, about)
    if (fact) return placeOfFact(fact, fact.value, check.expect, about)
    if (!facts.coveredBy(filled(look.key, about))) untolds.push(look)
  }
  const isKnown =
    check.covers === 'all'
      ? untolds.length === 0
      : untolds.length < check.look.length
  const [untold] = untolds
  if (untold && !isKnown) {
    const key = filled(untold.key, about)
    return {
      status: 'unknown',
      actual: `nothing read tells of ${key}!${filled(untold.name, about)}`,
      key,
      name: filled(untold.name, about),
      about,
    }
  }
  const first = check.look.find((l) => !untolds.includes(l))
  const key = filled(first!.key, about)
  const file = facts.coveredBy(key)
  return {
    status: check.absent.is,
    actual: 'not set',
    meaning: check.absent.because,
    key,
    name: filled(first!.name, about),
    ...(file && { file }),
    about,
  }
}

function placeOfPolicy(check: Check, fact: Fact): CheckedPlace {
  const state = String(fact.value).toLowerCase()
  const { enabled, disabled } = check.gpo!
  const value =
    state === 'enabled' ? enabled : state === 'disabled' ? disabled : undefined
  if (value !== undefined) return placeOfFact(fact, value, check.expect, {})
  return {
    ...placeOfFact(fact, fact.value, check.expect, {}),
    status: 'unknown',
  }
}

function placeOfFact(
  fact: Fact,
  value: FactValue,
  expect: readonly Expectation[],
  about: Binding,
): CheckedPlace {
  const { holds, meaning } = judgeValue(value, expect)
  return {
    status: holds === undefined ? 'unknown' : holds ? 'pass' : 'fail',
    actual: printValue(fact.value),
    ...(meaning && { meaning }),
    key: fact.key,
    name: fact.name,
    ...fact.whence,
    about,
    fact,
  }
}

function factAt(facts: Facts, look: Address, about: Binding): Fact | undefined {
  return facts.at(filled(look.key, about), filled(look.name, about))
}

export function filled(pattern: string, about: Binding): string {
  return pattern.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(about, name) ? about[name]! : whole,
  )
}

/** Characters of a value shown. */
const maxShown = 200

export function printValue(value: FactValue): string {
  if (value instanceof Uint8Array) {
    return cut(
      `${value.length} bytes: ${Buffer.from(value.subarray(0, 64)).toString('hex')}`,
    )
  }
  if (typeof value === 'object') return cut(JSON.stringify(value))
  return cut(String(value))
}

function cut(text: string): string {
  return text.length > maxShown
    ? `${text.slice(0, maxShown)}... (${text.length} characters)`
    : text
}
