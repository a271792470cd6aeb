// Tables of names that PowerShell makes of text: JSON, and lines of `name = value`.
import type { Command, KnownCommand } from '../fold/call.ts'
import { flowOf } from '../fold/flow.ts'
import {
  list,
  number,
  object,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { Bound, parameters } from './bound.ts'

/** Values within each other, and values of one text. */
const maxDepth = 32
const maxValues = 10_000

const jsonGiven = parameters('inputobject* depth ashashtable! noenumerate!')
const linesGiven = parameters('stringdata* delimiter')

/** What is given by name or through the pipe: lines of a list are one text. */
function givenTo(command: Command, given: Value | undefined) {
  const value = given ?? command.input
  const parts = value?.kind === 'list' ? value.items : value ? [value] : []
  const lines = parts.map(textOf)
  const isWhole = lines.length > 0 && lines.every((l) => l !== undefined)
  return {
    whole: isWhole ? lines.join('\n') : undefined,
    via: value?.via ?? 0,
  }
}

export const fromJson: KnownCommand = (command) => {
  const given = new Bound(command.words, jsonGiven).get('inputobject')
  const { whole, via } = givenTo(command, given)
  const parsed = whole === undefined ? undefined : parsedJson(whole)
  if (parsed === undefined || !command.budget.make(whole!.length))
    return unknown('convertfrom-json', flowOf(via))
  let left = maxValues
  const asValue = (from: unknown, depth: number): Value => {
    if (depth > maxDepth || left-- <= 0) return unknown()
    if (typeof from === 'string') return text(from, via)
    if (typeof from === 'number') return number(from, via)
    if (typeof from === 'boolean') return text(from ? 'True' : '', via)
    if (Array.isArray(from))
      return list(
        from.map((one) => asValue(one, depth + 1)),
        via,
      )
    const made = object('map', { via })
    for (const [name, value] of Object.entries(from ?? {}))
      made.entries.set(name.toLowerCase(), asValue(value, depth + 1))
    return made
  }
  return asValue(parsed, 0)
}

function parsedJson(whole: string): unknown {
  try {
    return JSON.parse(whole) as unknown
  } catch {
    return undefined
  }
}

export const fromLines: KnownCommand = (command) => {
  const given = new Bound(command.words, linesGiven).get('stringdata')
  const { whole, via } = givenTo(command, given)
  if (whole === undefined || !command.budget.make(whole.length))
    return unknown('convertfrom-stringdata', flowOf(via))
  const made = object('map', { via })
  for (const line of whole.split(/\r?\n/).slice(0, maxValues)) {
    const equals = line.indexOf('=')
    const name = line.slice(0, Math.max(0, equals)).trim()
    if (name && !name.startsWith('#'))
      made.entries.set(
        name.toLowerCase(),
        text(line.slice(equals + 1).trim(), via),
      )
  }
  return made
}
