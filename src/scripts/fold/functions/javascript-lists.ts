// Methods of JavaScript's lists, which change where they lie. https://tc39.es/ecma262/#sec-array-objects
import type { Call, Known } from '../call.ts'
import {
  isNothing,
  javascriptOperators,
  jsHolds,
  jsInteger,
  jsNumber,
  jsText,
} from '../operators/javascript.ts'
import {
  bitOf,
  list,
  type ListValue,
  markInPlace,
  number,
  text,
  unknown,
  type Value,
  viaOf,
} from '../value.ts'
import { textConcat, textSlice } from './javascript-text.ts'
import { joinList, type Table, textMethods } from './text.ts'

/** Items of a list that is put in order by a function of the script. */
const maxCompared = 2_000

/** Of a list; of other receivers what there is otherwise. */
function ofList(
  make: (of: ListValue, call: Call) => Value | undefined,
  other?: Known,
): Known {
  return (call) =>
    call.receiver?.kind === 'list' ? make(call.receiver, call) : other?.(call)
}

const slice: Known = ofList(
  (of, { args }) => {
    const from = jsInteger(args[0])
    const to = jsInteger(args[1], of.items.length)
    return from === undefined || to === undefined
      ? undefined
      : list(of.items.slice(from, to), of.via)
  },
  (call) =>
    call.receiver?.kind === 'bytes'
      ? textMethods['.slice']!(call)
      : textSlice(call),
)

const concat: Known = ofList((of, { args, budget }) => {
  const items = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  return budget.make(of.items.length + items.length)
    ? list([...of.items, ...items], of.via | viaOf(args))
    : undefined
}, textConcat)

/** What is not known stands by its name between the others. */
const join: Known = ofList((of, { args, budget }) => {
  const between = isNothing(args[0]) ? ',' : jsText(args[0])
  if (between === undefined) return undefined
  const items = of.items.map((item): Value => {
    if (isNothing(item)) return text('')
    const s = item.kind === 'list' ? jsText(item) : undefined
    return s === undefined ? item : text(s, item.via)
  })
  return joinList(list(items, of.via), between, budget)
})

const reverse: Known = ofList((of) => {
  of.items.reverse()
  markInPlace(of, bitOf('reversal'))
  return of
}, textMethods['.reverse'])

const push: Known = ofList((of, { args, budget }) => {
  if (!budget.make(args.length)) return undefined
  for (const arg of args) of.items.push(arg)
  return number(of.items.length)
})

const unshift: Known = ofList((of, { args, budget }) => {
  if (!budget.make(of.items.length + args.length)) return undefined
  for (const arg of [...args].reverse()) of.items.unshift(arg)
  return number(of.items.length)
})

const splice: Known = ofList((of, { args, budget }) => {
  const { items } = of
  const [from, count, ...more] = args
  const at = jsInteger(from)
  const n = jsInteger(count, items.length)
  if (at === undefined || n === undefined || !budget.make(items.length)) {
    forget(of)
    return undefined
  }
  const behind = items.splice(at < 0 ? Math.max(0, items.length + at) : at)
  const taken = behind.splice(0, Math.max(0, n))
  for (const one of more) items.push(one)
  for (const one of behind) items.push(one)
  return list(taken, of.via)
})

/** Nobody knows any more what stands where. */
function forget({ items }: ListValue): void {
  for (let i = 0; i < items.length; i++) items[i] = unknown()
}

const indexOf =
  (isLast: boolean): Known =>
  ({ receiver, args }) => {
    const [what, from] = args
    if (receiver?.kind !== 'list' || !what || from) return undefined
    const same = receiver.items.map((item) => {
      const made = javascriptOperators['===']!(item, what, {} as never)
      return made ? jsHolds(made) : undefined
    })
    if (same.includes(undefined)) return undefined
    return number(isLast ? same.lastIndexOf(true) : same.indexOf(true))
  }

const sort: Known = ofList((of, { args: [fn], invoke, budget }) => {
  const { items } = of
  const isLarge = items.length > maxCompared
  if (isLarge || !budget.make(items.length * 16)) {
    forget(of)
    return of
  }
  let isOpen = false
  const byText = (a: Value, b: Value): number => {
    const s = jsText(a)
    const t = jsText(b)
    if (s === undefined || t === undefined) isOpen = true
    return (s ?? '') < (t ?? '') ? -1 : s === t ? 0 : 1
  }
  const byFunction = (a: Value, b: Value): number => {
    const n = budget.spent ? undefined : jsNumber(invoke(fn, [a, b]))
    if (n === undefined) isOpen = true
    return n ?? 0
  }
  items.sort(fn ? byFunction : byText)
  if (isOpen) forget(of)
  return of
})

const filter: Known = ofList((of, { args: [fn], invoke, budget }) => {
  const kept: Value[] = []
  for (const [i, item] of of.items.entries()) {
    const holds = budget.spent
      ? undefined
      : jsHolds(invoke(fn, [item, number(i), of]))
    if (holds === undefined) return undefined
    if (holds) kept.push(item)
  }
  return list(kept, of.via)
})

export const javascriptLists: Table = {
  '.slice': slice,
  '.concat': concat,
  '.join': join,
  '.reverse': reverse,
  '.push': push,
  '.unshift': unshift,
  '.splice': splice,
  '.sort': sort,
  '.filter': filter,
  '.pop': ofList((of) => of.items.pop() ?? unknown('undefined')),
  '.shift': ofList((of) => of.items.shift() ?? unknown('undefined')),
}

export const listPlaces: Table = {
  '.indexof': indexOf(false),
  '.lastindexof': indexOf(true),
}

export const listText = (of: ListValue): Value | undefined => {
  const s = jsText(of)
  return s === undefined ? undefined : text(s, of.via)
}
