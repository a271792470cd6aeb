// A value as JSON writes it: what programs send to services.
import type { Budget } from '../budget.ts'
import type { Call, Known } from './call.ts'
import type { Table } from './functions/text.ts'
import { entriesOf, shownOf, text, type Value, viaOf } from './value.ts'

/** Tables and lists within each other. */
const maxWithin = 16

/** Words that stand for themselves. */
const words = /^(?:true|false|null|none|nil|undefined)$/i

export function jsonOf(value: Value, within = 0): string {
  if (within > maxWithin) return 'null'
  switch (value.kind) {
    case 'number':
      return value.word ?? String(value.number)
    case 'list':
      return `[${value.items.map((v) => jsonOf(v, within + 1)).join(',')}]`
    case 'object':
      return value.type === 'map'
        ? `{${entriesOf(value)
            .map(
              ([name, v]) => `${JSON.stringify(name)}:${jsonOf(v, within + 1)}`,
            )
            .join(',')}}`
        : JSON.stringify(shownOf(value))
    case 'unknown':
      return words.test(value.hint)
        ? value.hint.toLowerCase().replace(/^(?:none|nil|undefined)$/, 'null')
        : JSON.stringify(shownOf(value))
    default:
      return JSON.stringify(shownOf(value))
  }
}

function written(of: Value | undefined, budget: Budget): Value | undefined {
  if (!of) return undefined
  const made = jsonOf(of)
  return budget.make(made.length) ? text(made, viaOf([of])) : undefined
}

const ofArgument: Known = ({ args, budget }: Call) => written(args[0], budget)

/** By the names that libraries give it. */
export const jsonFunctions: Table = {
  'json.stringify': ofArgument,
  'json.dumps': ofArgument,
  'json.generate': ofArgument,
  'cjson.encode': ofArgument,
  json_encode: ofArgument,
  encode_json: ofArgument,
  to_json: ofArgument,
  '.to_json': ({ receiver, budget }) => written(receiver, budget),
}
