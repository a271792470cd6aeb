// How is a rule's regular expression run so that no expression and no text can hang the process? It means what it means to
// Python's `re` on text (regex/syntax.ts, regex/emit.ts). V8 runs it where a bound on its backtracking is known and small
// enough for the length of the text at hand (regex/cost.ts); re2js, which never backtracks, runs it elsewhere. What re2js has
// no words for (lookaround, references, atomic groups) runs on V8 alone, on as much of the text as its bound allows, and
// is refused if that is next to nothing.
import { RE2JS } from 're2js'

import type { Regex } from '../../ir/predicate.ts'

import { laidOut, searchCost } from './cost.ts'
import { type Emitted, emitRe2, emitV8, Unsayable } from './emit.ts'
import { literalsOf } from './literals.ts'
import { readRegex } from './syntax.ts'
import { type RegexNode, RegexProblem } from './tree.ts'

export type RegexTest = (text: string) => boolean

export type CompiledRegex =
  | {
      readonly kind: 'regex'
      readonly test: RegexTest
      /** Longer text is looked at up to here only, in UTF-16 units. */
      readonly maxText: number
      /** Which engines run it. */
      readonly engines: Engines
      /** Folded texts one of which every match holds. */
      readonly literals: readonly string[] | undefined
    }
  | { readonly kind: 'refused'; readonly reason: string }

/** Ways that V8 may try for one text: some five milliseconds at the worst. */
const maxWays = 1 << 22
/** No engine looks farther into a text, in UTF-16 units. */
const maxText = 1 << 20
/** An expression that V8 alone can run must be good for text of this length. */
const leastText = 1024
/** For shorter text alone V8 is not worth keeping ready. */
const shortestText = 32
/** Letters that counted repetitions may lay out; both engines build programs of that size. */
const maxLaidOut = 20_000

/** Rules repeat expressions; this many are remembered. */
const maxKnown = 4096
const known = new Map<string, CompiledRegex>()

export function compileRegex(
  source: string,
  flags: Regex['flags'],
): CompiledRegex {
  const key = `${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}${flags.s ? 's' : ''}/${source}`
  const before = known.get(key)
  if (before) return before
  if (known.size >= maxKnown) known.clear()
  const made = compile(source, flags)
  known.set(key, made)
  return made
}

function compile(source: string, flags: Regex['flags']): CompiledRegex {
  try {
    const { root } = readRegex(source, flags)
    if (laidOut(root) > maxLaidOut)
      return refuse(source, 'its repetitions are too large')
    return choose(source, root)
  } catch (error) {
    if (error instanceof RegexProblem) return refuse(source, error.message)
    // The engines' own words: a property that Unicode does not have, and the like.
    if (error instanceof SyntaxError) return refuse(source, error.message)
    throw error
  }
}

function refuse(source: string, reason: string): CompiledRegex {
  return {
    kind: 'refused',
    reason: `the regular expression /${source}/: ${reason}`,
  }
}

function choose(source: string, root: RegexNode): CompiledRegex {
  const literals = literalsOf(root)
  const { factor, degree } = searchCost(root)
  const reach = reachOf(factor, degree)
  const v8 = reach >= shortestText ? compileV8(root) : undefined
  const made = (test: RegexTest, length: number, engines: Engines) =>
    ({
      kind: 'regex',
      test: cutTo(length, test),
      maxText: length,
      engines,
      literals,
    }) as const
  if (v8 && reach >= maxText) return made(v8, maxText, ['v8'])
  const words = emitOr(() => emitRe2(root))
  if (!words) {
    if (v8 && reach >= leastText) return made(v8, reach, ['v8'])
    return refuse(
      source,
      'it could backtrack without bound; write it without lookaround and references, or with fewer repetitions',
    )
  }
  if (!v8) {
    const re2 = compileRe2(words)
    return re2
      ? made(re2, maxText, ['re2'])
      : refuse(source, 'no engine that does not backtrack takes it')
  }
  // Long text is rare, and re2js takes its time to compile: it is asked for when it is needed.
  let re2: RegexTest | undefined
  const test: RegexTest = (text) => {
    if (text.length <= reach) return v8(text)
    re2 ??= compileRe2(words) ?? cutTo(reach, v8)
    return re2(text)
  }
  return made(test, maxText, ['v8', 're2'])
}

type Engines = readonly ('v8' | 're2')[]

/** The longest text for which factor * length ^ degree stays within the bound. */
function reachOf(factor: number, degree: number): number {
  if (degree === Number.POSITIVE_INFINITY || factor > maxWays) return 0
  if (degree === 0) return maxText
  return Math.min(maxText, Math.floor((maxWays / factor) ** (1 / degree)))
}

function cutTo(length: number, test: RegexTest): RegexTest {
  return (text) => test(text.length > length ? text.slice(0, length) : text)
}

function compileV8(root: RegexNode): RegexTest | undefined {
  const { source, i } = emitOr(() => emitV8(root)) ?? {}
  if (source === undefined) return undefined
  const regex = new RegExp(source, i ? 'iv' : 'v')
  // V8 compiles on first use, and says only then that a program is too large.
  regex.test('')
  return (text) => regex.test(text)
}

/** undefined beyond re2js's own bounds, or for a property that it does not know. */
function compileRe2({ source, i }: Emitted): RegexTest | undefined {
  try {
    const regex = RE2JS.compile(source, i ? RE2JS.CASE_INSENSITIVE : 0)
    return (text) => regex.test(text)
  } catch {
    return undefined
  }
}

function emitOr<T>(emit: () => T): T | undefined {
  try {
    return emit()
  } catch (error) {
    if (error instanceof Unsayable) return undefined
    throw error
  }
}

/** Texts one of which every match holds, folded; undefined where none is known. */
export function requiredLiterals(
  source: string,
  flags: Regex['flags'],
): readonly string[] | undefined {
  const regex = compileRegex(source, flags)
  return regex.kind === 'regex' ? regex.literals : undefined
}
