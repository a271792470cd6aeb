// What single letters of a regular expression stand for.
import type { NamedSet, Range, RegexFlags, RegexNode } from './tree.ts'

type Anchor = Extract<RegexNode, { kind: 'anchor' }>['at']

export function anchor(at: Anchor): RegexNode {
  return { kind: 'anchor', at }
}

/** `\Z` is the very end, as in Python, not PCRE's end before a line break. */
export const anchors: Readonly<Record<string, Anchor>> = {
  A: 'start',
  Z: 'end',
  z: 'end',
  b: 'boundary',
  B: 'inside',
}

export const controls: Readonly<Record<string, number>> = {
  n: 10,
  r: 13,
  t: 9,
  f: 12,
  v: 11,
  a: 7,
  e: 27,
}

export const lineBreak: RegexNode = {
  kind: 'alt',
  of: [
    {
      kind: 'seq',
      of: [
        { kind: 'char', code: 13, i: false },
        { kind: 'char', code: 10, i: false },
      ],
    },
    {
      kind: 'set',
      ranges: [
        [10, 13],
        [0x85, 0x85],
        [0x2028, 0x2029],
      ],
      named: [],
      negated: false,
      i: false,
    },
  ],
}

const upper: Range = [0x41, 0x5a]
const lower: Range = [0x61, 0x7a]
const digit: Range = [0x30, 0x39]

export interface PosixSet {
  readonly ranges: readonly Range[]
  readonly named?: NamedSet
}

const named = (name: 'h' | 's' | 'w'): PosixSet => ({
  ranges: [],
  named: { name, negated: false },
})
const of = (...ranges: Range[]): PosixSet => ({ ranges })

export const posixSets: Readonly<Record<string, PosixSet>> = {
  alpha: of(upper, lower),
  alnum: of(upper, lower, digit),
  digit: of(digit),
  xdigit: of(digit, [0x41, 0x46], [0x61, 0x66]),
  upper: of(upper),
  lower: of(lower),
  punct: of([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
  print: of([0x20, 0x7e]),
  graph: of([0x21, 0x7e]),
  cntrl: of([0, 0x1f], [0x7f, 0x7f]),
  blank: named('h'),
  space: named('s'),
  word: named('w'),
}

export function withFlags(
  flags: RegexFlags,
  letters: string,
  on: boolean,
): RegexFlags {
  return {
    i: letters.includes('i') ? on : flags.i,
    m: letters.includes('m') ? on : flags.m,
    s: letters.includes('s') ? on : flags.s,
  }
}
