// What becomes of one word: braces make several of it, and what stands in no quotes falls apart.
import { bitOf } from '../fold/value.ts'
import type { Node } from '../syntax/node.ts'

/** Words that braces make of one. */
const maxWords = 1_000

/** `{a,b}c`, `x{1..4}`: of a word without quotes and names. */
export function braced(source: string, word: Node): Node[] {
  if (word.kind !== 'text' || !word.value.includes('{')) return [word]
  const { start, end } = word
  if (source.slice(start, end) !== word.value) return [word]
  const all = spread(word.value)
  if (!all) return [word]
  // One that is all of braces hides what its words are.
  const via = /^\{[^{}]*,[^{}]*\}$/.test(word.value)
    ? bitOf('split words')
    : word.via
  return all.map((value): Node => ({ kind: 'text', value, via, start, end }))
}

function spread(word: string, depth = 0): string[] | undefined {
  const found = /^([^{}]*)\{([^{}]*)\}([\s\S]*)$/.exec(word)
  if (!found || depth > 4) return undefined
  const [, before = '', inside = '', behind = ''] = found
  const parts = inside.includes(',') ? inside.split(',') : ranged(inside)
  if (!parts) return undefined
  const rest = behind.includes('{')
    ? (spread(behind, depth + 1) ?? [behind])
    : [behind]
  if (parts.length * rest.length > maxWords) return undefined
  return parts.flatMap((p) => rest.map((r) => before + p + r))
}

function ranged(inside: string): string[] | undefined {
  const [, first, last] =
    /^(-?\d{1,6}|[a-zA-Z])\.\.(-?\d{1,6}|[a-zA-Z])$/.exec(inside) ?? []
  if (first === undefined || last === undefined) return undefined
  const isNumber = /\d/.test(first)
  if (isNumber !== /\d/.test(last) || /^-?0\d/.test(first)) return undefined
  const codes = [first, last].map((c) =>
    isNumber ? Number(c) : c.charCodeAt(0),
  )
  const [from, to] = [codes[0]!, codes[1]!]
  const n = Math.abs(to - from) + 1
  if (n > maxWords || (!isNumber && first < 'a' !== last < 'a'))
    return undefined
  const sign = to < from ? -1 : 1
  return Array.from({ length: n }, (_, i) => {
    const at = from + sign * i
    return isNumber ? String(at) : String.fromCharCode(at)
  })
}

/** What stands in no quotes, and is a name or what a command gives, falls apart at its blanks; `"$@"` is as many words as it has. */
export function apart(word: Node): Node {
  const { start, end } = word
  const [only] =
    word.kind === 'template' && word.parts.length === 1 ? word.parts : []
  if (only && isAll(only))
    return { kind: 'unary', op: 'spread', operand: only, start, end }
  const isGiven =
    word.kind === 'name' ||
    word.kind === 'index' ||
    (word.kind === 'call' &&
      word.callee.kind === 'name' &&
      word.callee.name !== '[given]')
  if (!isGiven) return word
  const callee: Node = { kind: 'name', name: '[split]', start, end: start }
  const operand: Node = { kind: 'call', callee, args: [word], start, end }
  return { kind: 'unary', op: 'spread', operand, start, end }
}

/** `"$@"`, `"${a[@]}"`: each of them is a word. */
function isAll(node: Node): boolean {
  const isItems =
    node.kind === 'call' &&
    node.callee.kind === 'name' &&
    node.callee.name === '[items]'
  return isItems || (node.kind === 'name' && node.name === '@')
}
