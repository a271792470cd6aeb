// Functions that say what they take. Whatever is given to them otherwise, by names that they do not have, too much, or a text of which a part is
// not known, makes something that is not known.
import type { Call, Known } from '../call.ts'
import { hasHoles, type Value } from '../value.ts'

type Given = readonly (Value | undefined)[]

/** `x?` may be absent. */
export function taking(
  params: readonly string[],
  f: (given: Given, call: Call) => Value | undefined,
): Known {
  const names = params.map((p) => p.replace('?', ''))
  const needed = params.filter((p) => !p.endsWith('?')).length
  return (call) => {
    const given = bound(names, call)
    if (!given || given.slice(0, needed).includes(undefined)) return undefined
    return given.some(hasHoles) ? undefined : f(given, call)
  }
}

function bound(
  names: readonly string[],
  { args, named }: Call,
): Given | undefined {
  if (args.length > names.length) return undefined
  const given: (Value | undefined)[] = names.map((_, i) => args[i])
  for (const [name, value] of named) {
    const at = names.indexOf(name)
    if (at < args.length) return undefined
    given[at] = value
  }
  return given
}

/** A method of whatever stands before the point. */
export function method(
  params: readonly string[],
  f: (of: Value, given: Given, call: Call) => Value | undefined,
): Known {
  const known = taking(params, (given, call) => f(call.receiver!, given, call))
  return (call) =>
    call.receiver && !hasHoles(call.receiver) ? known(call) : undefined
}
