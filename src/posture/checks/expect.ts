// Does a value meet what is expected of it? Each word of `expect:` is a line of the table; several must all hold.
import type { FactValue } from '../facts/facts.ts'
import {
  broadRights,
  inWords,
  readDescriptor,
  type Rights,
} from '../descriptor/words.ts'

export type Operand = string | number | boolean
export interface Expectation {
  readonly word: ExpectWord
  readonly operands: readonly Operand[]
}

/** Undefined: it cannot be told. */
type Holds = boolean | undefined

interface Verdict {
  readonly holds: Holds
  /** What the value means, where it does not say so itself. */
  readonly meaning?: string
}

type Judge = (value: FactValue, operands: readonly Operand[]) => Verdict

const words = {
  is: (v, o) => ({ holds: o.some((one) => same(v, one)) }),
  'is-not': (v, o) => ({ holds: !o.some((one) => same(v, one)) }),
  'at-least': (v, [least]) => compare(v, (n) => n >= Number(least)),
  'at-most': (v, [most]) => compare(v, (n) => n <= Number(most)),
  empty: (v, [wanted]) => ({
    holds: (membersOf(v).length === 0) === (wanted !== false),
  }),
  bit: (v, [bit]) => compare(v, (n) => (n & Number(bit)) !== 0),
  'no-bit': (v, [bit]) => compare(v, (n) => (n & Number(bit)) === 0),
  has: (v, o) => ({ holds: o.every((one) => holdsMember(v, one)) }),
  lacks: (v, o) => ({ holds: !o.some((one) => holdsMember(v, one)) }),
  only: (v, o) => ({
    holds: membersOf(v).every((m) => o.some((one) => same(m, one))),
  }),
  'told-by': (v, [wanted]) => ({
    holds: same(v, 'none seen') ? undefined : same(v, wanted!),
  }),
  'filters-call': (v, [call]) => ({ holds: filtersCall(v, String(call)) }),
  contains: (v, o) => ({ holds: o.every((one) => containsText(v, one)) }),
  'contains-not': (v, o) => ({ holds: !o.some((one) => containsText(v, one)) }),
  'nobody-far': (v, [rights]) => nobodyFar(v, rights as Rights),
  'octal-at-most': (v, [mode]) =>
    compare(v, (n) => (n & ~Number.parseInt(String(mode), 8)) === 0),
} as const satisfies Record<string, Judge>

export type ExpectWord = keyof typeof words

export function isExpectWord(word: string): word is ExpectWord {
  return Object.hasOwn(words, word)
}

export const expectWords = Object.keys(words)

export function judgeValue(
  value: FactValue,
  expectations: readonly Expectation[],
): Verdict {
  let all: Holds = true
  const meanings = new Set<string>()
  for (const { word, operands } of expectations) {
    const judgeWord: Judge = words[word]
    const { holds, meaning } = judgeWord(value, operands)
    if (meaning) meanings.add(meaning)
    if (holds === false) all = false
    else if (holds === undefined && all) all = undefined
  }
  return {
    holds: all,
    ...(meanings.size && { meaning: [...meanings].join('; ') }),
  }
}

/** `1`, `one of 1, 2`, `at least 5 and at most 6`. */
export function printExpectations(all: readonly Expectation[]): string {
  const said = all.map(({ word, operands }) => {
    const list = operands.map((o) => JSON.stringify(o)).join(', ')
    if (word === 'is') {
      return operands.length > 1 ? `one of ${list}` : list
    }
    if (word === 'empty') return operands[0] === false ? 'not empty' : 'empty'
    if (word === 'nobody-far') {
      return operands[0] === 'pipe'
        ? 'no broad group may write'
        : `no broad group may ${operands[0]} from another host`
    }
    return `${word.replaceAll('-', ' ')} ${list}`
  })
  return said.join(' and ')
}

function same(value: FactValue, one: Operand): boolean {
  if (value instanceof Uint8Array) return false
  if (typeof value === 'object')
    return value.length === 1 && same(value[0]!, one)
  if (typeof value === 'boolean' || typeof one === 'boolean') {
    return truth(value) !== undefined && truth(value) === truth(one)
  }
  const [a, b] = [numberOf(value), numberOf(one)]
  if (a !== undefined && b !== undefined) return a === b
  return String(value).trim().toLowerCase() === String(one).toLowerCase()
}

function truth(value: Operand): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (/^(true|yes|on|1|enabled)$/i.test(String(value))) return true
  if (/^(false|no|off|0|disabled)$/i.test(String(value))) return false
  return undefined
}

function numberOf(value: FactValue): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string') return undefined
  if (!/^\s*-?(0x[\da-f]+|\d+(\.\d+)?)\s*$/i.test(value)) return undefined
  return Number(value)
}

function compare(value: FactValue, test: (n: number) => boolean): Verdict {
  const n = numberOf(value)
  return { holds: n === undefined ? undefined : test(n) }
}

/** Members of a list; words of a text. */
function membersOf(value: FactValue): readonly string[] {
  if (value instanceof Uint8Array) return value.length ? ['bytes'] : []
  if (typeof value === 'object') return value.filter((v) => v.trim() !== '')
  return String(value)
    .split(/[\s,]+/)
    .filter((v) => v !== '')
}

function holdsMember(value: FactValue, one: Operand): boolean {
  const wanted = String(one).toLowerCase()
  return membersOf(value).some((m) => m.toLowerCase() === wanted)
}

/** A filter of systemd.exec(5): a list of what is allowed, or with `~` of what is not; nothing is filtered where it is empty. */
function filtersCall(value: FactValue, call: string): Holds {
  const calls = membersOf(value)
  if (!calls.length || calls[0] === 'no') return false
  if (calls[0] === 'yes') return true
  const isDenied = calls[0]!.startsWith('~')
  const names = calls.map((c) => c.replace(/^~/, ''))
  return names.includes(call) === isDenied
}

function containsText(value: FactValue, one: Operand): boolean {
  const text = typeof value === 'object' ? membersOf(value).join('\n') : value
  return String(text).toLowerCase().includes(String(one).toLowerCase())
}

function nobodyFar(value: FactValue, rights: Rights): Verdict {
  const { descriptor, fault } = readDescriptor(value)
  if (!descriptor) return { holds: undefined, meaning: fault ?? 'unreadable' }
  const meaning = inWords(descriptor, rights)
  const broad = broadRights(descriptor, rights)
  if (broad.length) return { holds: false, meaning }
  // What is cut off could allow more.
  return fault
    ? { holds: undefined, meaning: `${meaning} (${fault})` }
    : { holds: true, meaning }
}
