// A macro's call becomes the text that it stands for, macros within it too.
import { didYouMean, maxSlips } from '../../base/did-you-mean.ts'

import type { SplCode } from './codes.ts'
import type { Macro, Macros } from './macros.ts'
import { findMacro } from './macros.ts'
import { endOfString, tokens } from './prepare-tokens.ts'

/** Characters of a search, before and after its macros are expanded. */
export const maxSearchLength = 65_536
/** Macros within macros. */
const maxMacroDepth = 16

export interface PreparedProblem {
  readonly severity: 'error' | 'note'
  readonly code: SplCode
  readonly message: string
  readonly at: number
  readonly hint?: string
}

export function tooLong(length: number, at: number): PreparedProblem {
  return {
    severity: 'error',
    code: 'P016',
    message: `the search has ${length} characters, at most ${maxSearchLength} are read`,
    at,
  }
}

/** Expands the calls of one place of a search. What cannot be expanded is a blank, and told. */
export class Expansion {
  readonly #macros: Macros
  readonly #at: number
  readonly #problems: PreparedProblem[]

  constructor(macros: Macros, at: number, problems: PreparedProblem[]) {
    this.#macros = macros
    this.#at = at
    this.#problems = problems
  }

  /** `call = name ["(" argument {"," argument} ")"]` */
  expand(call: string, depth = 0): string {
    const m = /^\s*([\w:.-]+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(call)
    if (!m) return this.#fail(`"${shown(call)}" is not a macro call`)
    const name = m[1]!
    const args = m[2] === undefined ? [] : splitArguments(m[2])
    const macro = findMacro(this.#macros, name, args.length)
    if (!macro) {
      this.#problems.push(
        unknownMacro(name, args.length, this.#macros, this.#at),
      )
      return ' '
    }
    return depth < maxMacroDepth
      ? this.#body(macro, args, depth)
      : this.#fail(
          `macros stand in one another more than ${maxMacroDepth} deep at "${name}"`,
        )
  }

  /** What stands between backticks in a quoted text: a macro that there is, or the text itself. */
  quoted(call: string, depth = 0): string {
    const name = call.slice(1, -1)
    if (!findMacro(this.#macros, name, 0)) return call
    const text = this.expand(name, depth).trim()
    return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text
  }

  #body(macro: Macro, args: readonly string[], depth: number): string {
    const body = substitute(macro.definition, macro.args, args)
    let text = ''
    for (const t of tokens(body, 0, body.length)) {
      if (t.kind === 'text') text += body.slice(t.from, t.to)
      else if (t.kind === 'macro')
        text += this.expand(body.slice(t.from + 1, t.to - 1), depth + 1)
      else if (t.kind === 'quoted-macro')
        text += this.quoted(body.slice(t.from, t.to), depth + 1)
      else text += ' '
      if (text.length > maxSearchLength) {
        this.#problems.push(tooLong(text.length, this.#at))
        return ' '
      }
    }
    return text
  }

  #fail(message: string): string {
    this.#problems.push({
      severity: 'error',
      code: 'P015',
      message,
      at: this.#at,
    })
    return ' '
  }
}

function unknownMacro(
  name: string,
  count: number,
  macros: Macros,
  at: number,
): PreparedProblem {
  const others = [...macros.values()].filter((m) => m.name === name)
  if (others.length) {
    return {
      severity: 'error',
      code: 'P015',
      message: `macro "${name}" takes ${others.map((m) => m.args.length).join(' or ')} arguments, ${count} given`,
      at,
    }
  }
  const known = new Set([...macros.values()].map((m) => m.name))
  const near = didYouMean(name, known, maxSlips(name))
  const hint = near || 'macros of your own are read from a macros.conf'
  return {
    severity: 'error',
    code: 'P014',
    message: `unknown macro "${name}"`,
    at,
    hint,
  }
}

function substitute(
  body: string,
  names: readonly string[],
  values: readonly string[],
): string {
  if (!names.length) return body
  return body.replace(/\$([\w.-]+)\$/g, (whole, name: string) => {
    const i = names.indexOf(name)
    return i < 0 ? whole : (values[i] ?? '')
  })
}

/** Arguments are parted by commas; quotes and parentheses keep theirs. The quotes around a whole argument go. */
function splitArguments(text: string): string[] {
  if (!text.trim()) return []
  const args: string[] = []
  let depth = 0
  let start = 0
  let i = 0
  const take = (end: number) => {
    const arg = text.slice(start, end).trim()
    const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(arg)
    args.push(quoted ? quoted[1]! : arg)
    start = end + 1
  }
  while (i < text.length) {
    const c = text[i]
    if (c === '"') {
      i = endOfString(text, i, text.length)
      continue
    }
    if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === ',' && depth <= 0) take(i)
    i++
  }
  take(text.length)
  return args
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
}
