// `i++` and `--i`, told as what they stand for.
import type { Node } from './node.ts'

export function isCounting(sign: string): boolean {
  return sign === '++' || sign === '--'
}

const one = (at: number): Node => ({
  kind: 'number',
  value: 1,
  start: at,
  end: at,
})

/** `++i`. */
export function countedBefore(target: Node, sign: string, start: number): Node {
  const { end } = target
  const op = sign === '++' ? '+' : '-'
  return { kind: 'assign', target, value: one(end), op, start, end }
}

/** `i++`: what it was before is its value. */
export function countedAfter(target: Node, sign: string, end: number): Node {
  const { start } = target
  const left: Node = { ...countedBefore(target, sign, start), end }
  const op = sign === '++' ? '-' : '+'
  return { kind: 'binary', op, left, right: one(end), start, end }
}
