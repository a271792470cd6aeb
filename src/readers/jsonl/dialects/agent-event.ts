// An event of an agent under Sigma's names, by a table: of the value that says what kind of event it is, and of the names that its
// values have.
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'
import { hiveOf } from '../../../base/registry-hive.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import { addBeside } from '../../inside/beside.ts'
import type { FieldsEvent } from '../../inside/event-text.ts'
import { type Names, type Values, fieldsOf } from '../dialect.ts'

/** Sigma's name, and the names of which the first that has a value is taken; `key\\value` is a value of the registry, of which the name may be empty. */
export type Rows = Readonly<Record<string, string>>

export interface Agent {
  readonly name: string
  readonly recognises: (names: Names) => boolean
  /** The value that tells the kind, or how it is told by several. */
  readonly kind: string | ((at: At) => string)
  readonly kinds: Readonly<Record<string, readonly [string, Rows]>>
  readonly any: Rows
  /** The value that is the number of the event in the log of Windows, where it is a number. */
  readonly id?: string
  /** Names of values that tell the system, the best first; '': it runs on Linux alone. */
  readonly system: string
}

/** The value of a name. */
type At = (name: string) => Value | undefined

const products: readonly (readonly [RegExp, string])[] = [
  [/^win|^100$/i, 'windows'],
  [/^lin|^200$/i, 'linux'],
  [/^mac|^osx|^darwin|^300$/i, 'macos'],
]

export function agentEvent(
  agent: Agent,
  names: Names,
  values: Values,
): Omit<FieldsEvent, 'kind'> {
  const at: At = (name) => values[names.indexOf(name)]
  const first = (from: string) =>
    from
      .split(' ')
      .map((name) => (name.includes('\\') ? valueOfKey(name, at) : at(name)))
      .find((v) => v !== undefined && v !== null && v !== '')
  const { kind } = agent
  const told = typeof kind === 'string' ? textOrEmpty(at(kind)) : kind(at)
  const [category, rows] = entryOf(agent.kinds, told) ?? ['', {}]
  const fields: Fields = {}
  for (const [name, from] of Object.entries({ ...agent.any, ...rows })) {
    const value = first(from)
    if (value !== undefined) addField(fields, name, plain(name, value))
  }
  const id = agent.id === undefined ? undefined : first(agent.id)
  if (/^\d{1,5}$/.test(textOrEmpty(id))) addField(fields, 'EventID', Number(id))
  const own = fieldsOf(names, values)
  addBeside(fields, own)
  const system = textOrEmpty(first(agent.system))
  const product =
    agent.system === ''
      ? 'linux'
      : (products.find(([mark]) => mark.test(system))?.[1] ?? '')
  return { fields, provenance: writtenBy('hints', product, '', category) }
}

function valueOfKey(names: string, at: At): Value | undefined {
  const [key, name] = names.split('\\').map(at)
  if (!key || name === undefined || name === null) return key
  return `${textOrEmpty(key)}\\${textOrEmpty(name) || '(Default)'}`
}

/** Numbers are text in some, and hives have long names; a device of the kernel is the disk of a path. */
function plain(name: string, value: Value): Value {
  if (/(?:Id|Port)$/.test(name) && /^\d{1,15}$/.test(textOrEmpty(value)))
    return Number(value)
  if (name === 'TargetObject' || name === 'NewName')
    return hiveOf(textOrEmpty(value))?.join('') ?? value
  if (name === 'timestamp') return textOrEmpty(value).replace(/ UTC$/, '')
  if (name === 'Computer')
    return textOrEmpty(value).replace(/^[^\\]{1,255}\\/, '')
  return value
}
