// Texts and lists of .NET that grow: StringBuilder, ArrayList, List. https://learn.microsoft.com/dotnet/api/system.text.stringbuilder
import type { Call, Known } from '../call.ts'
import { psText } from '../operators/powershell-values.ts'
import {
  bitOf,
  holed,
  itemsOf,
  list,
  object,
  shownOf,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'
import type { Table } from './text.ts'

const builder: Known = ({ args: [first] }) =>
  object('text.stringbuilder', {
    data: first?.kind === 'text' ? first : text(''),
  })

const appends =
  (end: string): Known =>
  ({ receiver, args: [what, ...more], budget }) => {
    if (receiver?.kind !== 'object') return undefined
    const before = textOf(receiver.data) ?? ''
    const known = what ? psText(what) : ''
    const isKnown = known !== undefined && !more.length
    const added = (isKnown ? known : shownOf(what)) + end
    if (!budget.make(before.length + added.length)) return undefined
    const via = viaOf([receiver.data, what]) | (isKnown ? 0 : holed)
    receiver.data = text(before + added, via | bitOf('concatenation'))
    return receiver
  }

/** What else changes it makes of it what nobody knows. */
const changes: Known = ({ receiver }) => {
  if (receiver?.kind === 'object') receiver.data = text('{?}', holed)
  return receiver
}

const written: Known = ({ receiver, args }) =>
  receiver?.kind === 'object' && !args.length ? receiver.data : undefined

/** A number says how much room there is to be. */
const grows: Known = ({ args: [of] }) =>
  list(of?.kind === 'list' || of?.kind === 'bytes' ? [...itemsOf(of)!] : [])

const adds: Known = ({ receiver, args, budget }: Call): Value | undefined => {
  if (receiver?.kind !== 'list') return undefined
  const items = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  if (budget.make(items.length))
    for (const one of items) receiver.items.push(one)
  return undefined
}

const lists = [
  'collections.arraylist',
  'collections.generic.list[string]',
  'collections.generic.list[char]',
  'collections.generic.list[object]',
  'collections.generic.list[psobject]',
  'collections.generic.list[int]',
]

export const netBuilders: Table = {
  'text.stringbuilder.new': builder,
  'text.stringbuilder.append': appends(''),
  'text.stringbuilder.appendline': appends('\r\n'),
  'text.stringbuilder.tostring': written,
  ...Object.fromEntries(
    ['appendformat', 'insert', 'remove', 'replace', 'clear'].map((name) => [
      `text.stringbuilder.${name}`,
      changes,
    ]),
  ),
  ...Object.fromEntries(lists.map((type) => [`${type}.new`, grows])),
  '.addrange': adds,
}
