// What an account of a search says of a command: its words, the fields that it asks, what is derived.
import type { Command, SearchNode } from './ast.ts'
import { namesInSearch } from './command-fields.ts'
import { derivationNotes } from './fields.ts'
import { printCommand } from './print.ts'
import { isTimeModifier } from './time-modifier.ts'

/** Characters of a command shown in an account. */
const maxLabel = 200

/** A derived field is said where it decides. */
export function derivations(of: SearchNode): string[] {
  return asked(of).flatMap((name) =>
    Object.hasOwn(derivationNotes, name) ? [derivationNotes[name]!] : [],
  )
}

/** Where an event is from is no field of it. */
const noFields = new Set([
  'sourcetype',
  'source',
  'index',
  'splunk_server',
  'tag',
  'eventtype',
  'nodename',
])

export function asked(of: SearchNode): string[] {
  return [...new Set(namesInSearch(of))].filter(
    (n) => !noFields.has(n) && !isTimeModifier(n),
  )
}

export function labelOf(command: Command): string {
  const text = printCommand(command)
  return text.length > maxLabel ? `${text.slice(0, maxLabel)}...` : text
}
