// Members of Python's modules and things by names that are worked out.
import type { Known } from '../call.ts'
import { boundMember } from '../calls.ts'
import {
  object,
  shownOf,
  textOf,
  unknown,
  type Value,
  withVia,
} from '../value.ts'
import type { Table } from './text.ts'

export function attribute(of: Value, name: Value): Value | undefined {
  const low = shownOf(name).toLowerCase()
  if (of.kind === 'unknown') {
    // `__builtins__` has what a name alone is.
    const isOwn = /^(?:__)?builtins?(?:__)?$/.test(of.hint)
    return unknown(isOwn ? low : `${of.hint}.${low}`)
  }
  if (of.kind !== 'object') return undefined
  if (/^(?:\[names\]|builtins)$/.test(of.type)) return unknown(low)
  const made = of.entries.get(low) ?? boundMember(of, shownOf(name), of.via)
  return withVia(made, made.via | name.via)
}

const member: Known = ({ args: [of, name] }) =>
  of && name ? attribute(of, name) : undefined

const imported: Known = ({ args }) => {
  const name = textOf(args[0])
  return name === undefined ? undefined : object(name)
}

export const pythonMembers: Table = {
  // A table of names: a look-up in it is the member of that name.
  '.__dict__': ({ receiver }) => receiver,
  '.__getattribute__': ({ receiver, args }) =>
    receiver && args[0] ? attribute(receiver, args[0]) : undefined,
  vars: ({ args }) => args[0] ?? object('[names]'),
  globals: () => object('[names]'),
  locals: () => object('[names]'),
  getattr: member,
  __import__: imported,
  'importlib.import_module': imported,
}
