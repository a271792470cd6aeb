// Operators of PowerShell: how close they bind, and what they mean.
import type { Cursor } from './cursor.ts'

export interface Operator {
  readonly binds: number
  readonly means: string
}

const op = (binds: number, means: string): Operator => ({ binds, means })

const words: Readonly<Record<string, Operator>> = {
  and: op(1, 'and'),
  or: op(1, 'or'),
  xor: op(1, 'xor'),
  band: op(2, 'bits'),
  bor: op(2, '|'),
  bxor: op(2, '^'),
  shl: op(2, '<<'),
  shr: op(2, '>>'),
  join: op(4, 'join'),
  split: op(4, 'split'),
  replace: op(4, 'replace'),
  as: op(4, 'as'),
  is: op(4, 'is'),
  isnot: op(4, 'is'),
  f: op(8, 'format'),
}

for (const [name, means] of Object.entries({
  eq: '==',
  ne: '!=',
  gt: '>',
  lt: '<',
  ge: '>=',
  le: '<=',
  like: 'is',
  notlike: 'is',
  match: 'is',
  notmatch: 'is',
  contains: 'is',
  notcontains: 'is',
  in: 'is',
  notin: 'is',
})) {
  const all = words as Record<string, Operator>
  for (const prefix of ['', 'i', 'c']) {
    const isCompared = prefix === 'c' && means !== 'is'
    all[prefix + name] = op(4, isCompared ? `c${means}` : means)
  }
}
for (const name of ['replace', 'split', 'join']) {
  const all = words as Record<string, Operator>
  all[`i${name}`] = op(4, name)
  all[`c${name}`] = op(4, `c${name}`)
}

const signs: Readonly<Record<string, Operator>> = {
  '+': op(5, '+'),
  '-': op(5, '-'),
  '*': op(6, '*'),
  '/': op(6, '/'),
  '%': op(6, '%'),
  '..': op(9, '..'),
}

/** The one that stands here, taken. */
export function operatorAt(cursor: Cursor): Operator | undefined {
  if (cursor.c === '-') {
    const name = /-([a-z]{1,12})(?![\w-])/iy
    name.lastIndex = cursor.at
    const found = name.exec(cursor.text)?.[1]?.toLowerCase()
    if (found && Object.hasOwn(words, found)) {
      cursor.at += found.length + 1
      return words[found]
    }
  }
  const sign = cursor.is('..') ? '..' : cursor.c
  if (!Object.hasOwn(signs, sign) || cursor.peek() === '=') return undefined
  cursor.at += sign.length
  return signs[sign]
}
