// Functions of a sheet that make text of text, or choose among texts: of what constants tell.
// ECMA-376 part 1, 18.17.7; OpenFormula 6.

import { cellName } from '../cell-name.ts'
import { listFunctions } from './lists.ts'
import { isNumberFunction, numberFunction } from './numbers.ts'
import type { Texts } from './texts.ts'

/** Of a value, in UTF-16 units; a cell holds 32,767. */
export const maxValueUnits = 32 * 1024

type TextFunction = (...args: string[]) => string | undefined

const count = (n: string | undefined) => Math.max(0, Math.trunc(Number(n ?? 1)))

/** Of one value for each argument. */
const textFunctions: Readonly<Record<string, TextFunction>> = {
  CHAR: (n) => character(Number(n)),
  UNICHAR: (n) => character(Number(n)),
  CODE: (text) => text?.codePointAt(0)?.toString(),
  UNICODE: (text) => text?.codePointAt(0)?.toString(),
  LOWER: (text) => text?.toLowerCase(),
  UPPER: (text) => text?.toUpperCase(),
  PROPER: (text) =>
    text
      ?.toLowerCase()
      .replace(/\p{L}+/gu, (w) => w[0]!.toUpperCase() + w.slice(1)),
  TRIM: (text) => text?.trim().replaceAll(/ +/g, ' '),
  CLEAN: (text) => text?.replaceAll(/[\u0000-\u001f]/g, ''),
  T: (text) => text,
  N: (text) => text,
  VALUE: (text) => text,
  NUMBERVALUE: (text) => text,
  TEXT: (text, format) => text && shownAs(text, format),
  LEN: (text) => text?.length.toString(),
  ENCODEURL: (text) => text && encodeURIComponent(text.replace(/\p{Cs}/gu, '')),
  HEX2DEC: (text) => number(Number.parseInt(text ?? '', 16)),
  DEC2HEX: (text) => number(Number(text), 16)?.toUpperCase(),
  LEFT: (text, n) => text?.slice(0, count(n)),
  RIGHT: (text = '', n) => text.slice(Math.max(0, text.length - count(n))),
  MID: (text, from, n) => {
    const start = count(from) - 1
    return text?.slice(Math.max(0, start), start + count(n))
  },
  REPLACE: (text = '', from, n, by = '') => {
    const start = Math.max(0, count(from) - 1)
    return text.slice(0, start) + by + text.slice(start + count(n))
  },
  SUBSTITUTE: (text, from, to = '') =>
    from ? text?.replaceAll(from, () => to) : text,
  TEXTBEFORE: (text = '', mark = '') => {
    const at = text.indexOf(mark)
    return at < 0 ? undefined : text.slice(0, at)
  },
  TEXTAFTER: (text = '', mark = '') => {
    const at = text.indexOf(mark)
    return at < 0 ? undefined : text.slice(at + mark.length)
  },
  REPT: (text = '', n) =>
    text.length * count(n) > maxValueUnits ? undefined : text.repeat(count(n)),
  ADDRESS: (row, column) => {
    const c = Number(column)
    return c > 0 && c <= maxColumns ? cellName(count(row), c) : undefined
  },
}

const maxColumns = 16_384

/** What stands in a format as it is, with the text for its mark; others show what they are given. */
function shownAs(text: string, format = ''): string {
  const literal = /\\(.)|"([^"]{0,1024})"|(@)|([^\\"@\d#?.,%dmyhse]{1,64})|./gis
  const out: string[] = []
  for (const [, one, several, mark, plain] of format.matchAll(literal)) {
    const said = one ?? several ?? plain ?? (mark && text)
    if (said === undefined) return text
    out.push(said)
  }
  return out.join('') || text
}

function number(n: number, radix = 10): string | undefined {
  return Number.isFinite(n) ? n.toString(radix) : undefined
}

function character(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

/** What is not known leaves a gap; where nothing is known there is no text. */
function concatenated(args: readonly Texts[]): string | undefined {
  return joinedBy('', args)
}

/** No longer than a cell may be. */
function joinedBy(by: string, args: readonly Texts[]): string | undefined {
  const all = args.flat()
  if (all.every((a) => a === undefined)) return undefined
  const parts: string[] = []
  let units = 0
  for (const text of all) {
    parts.push(text ?? '…')
    units += (text?.length ?? 1) + by.length
    if (units > maxValueUnits) break
  }
  return parts.join(by).slice(0, maxValueUnits)
}

/** Which of several is not always told by constants: then the first that is known. */
const choosing: Readonly<Record<string, (args: readonly Texts[]) => Texts>> = {
  CONCATENATE: concatenated,
  CONCAT: concatenated,
  TEXTJOIN: ([by, , ...rest]) =>
    joinedBy(one(by) ?? '', [rest.flat().filter((a) => a !== '')]),
  IF: ([condition, yes, no]) =>
    isFalse(one(condition)) ? no : condition === undefined ? (yes ?? no) : yes,
  IFERROR: ([value, other]) => value ?? other,
  IFNA: ([value, other]) => value ?? other,
  IFS: (args) => {
    for (let i = 0; i + 1 < args.length; i += 2)
      if (!isFalse(one(args[i])) && args[i + 1] !== undefined)
        return args[i + 1]
    return undefined
  },
  SWITCH: ([asked, ...cases]) => {
    const of = one(asked)
    for (let i = 0; i + 1 < cases.length; i += 2)
      if (of !== undefined && one(cases[i]) === of) return cases[i + 1]
    return cases.length % 2 ? cases.at(-1) : undefined
  },
  CHOOSE: ([index, ...of]) => {
    const n = Number(one(index))
    return index === undefined ? of.find((o) => o !== undefined) : of[n - 1]
  },
}

/** Of several the first, as where a sheet wants one. */
export function one(value: Texts): string | undefined {
  return typeof value === 'object' ? value[0] : value
}

function isFalse(condition: string | undefined): boolean {
  return condition !== undefined && /^(?:false|0)$/i.test(condition)
}

/** undefined: it is none that only makes text, or what it is given is not known. */
export function textFunction(name: string, args: readonly Texts[]): Texts {
  if (Object.hasOwn(choosing, name)) return choosing[name]!(args)
  if (Object.hasOwn(listFunctions, name)) return listFunctions[name]!(args)
  if (isNumberFunction(name)) {
    const all = args.flat().filter((a, i) => a !== undefined || i === 0)
    const isKnown = args.flat().every((a) => a !== undefined)
    if (args.length === 1 && all[0] === undefined)
      return numberFunction(name, [])
    return isKnown ? numberFunction(name, all as string[]) : undefined
  }
  if (!Object.hasOwn(textFunctions, name)) return undefined
  const make = textFunctions[name]!
  const [first, ...others] = args
  const rest = others.map(one)
  if (rest.includes(undefined)) return undefined
  const known = rest as string[]
  if (typeof first !== 'object')
    return first === undefined ? undefined : make(first, ...known)
  return first.map((f) => (f === undefined ? undefined : make(f, ...known)))
}
