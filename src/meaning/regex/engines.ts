// The two engines behind one face. V8 backtracks, and knows every construct; re2js never does, and lacks some. Programs are
// made when they are first asked for: most expressions are only ever tested, most texts are short.
import { RE2JS } from 're2js'

import { laidOut } from './cost.ts'
import {
  type Captures,
  emitRe2,
  emitV8,
  finalPrefix,
  groupName,
  Unsayable,
} from './emit.ts'
import type { RegexTree } from './tree.ts'

export interface RegexMatch {
  readonly index: number
  readonly text: string
  /** By number, the first at 0; undefined where the group took no part. */
  readonly groups: readonly (string | undefined)[]
}

export interface Engine {
  test(text: string): boolean
  /** From the left, not overlapping, at most so many. */
  matches(text: string, most: number): RegexMatch[]
}

/** Letters of an expression that V8 surely finds room for: its own bound lies above ten thousand. */
const surelyRoom = 1000

/** undefined where V8 has no words for the expression. Throws SyntaxError for a property that Unicode does not have. */
export function v8Engine({ root, groups }: RegexTree): Engine | undefined {
  const make = (captures: Captures, global: string) => {
    const { source, i } = emitV8(root, captures)
    return new RegExp(source, `${global}${i ? 'iv' : 'v'}`)
  }
  const tester = sayable(() => make('none', ''))
  if (!tester) return undefined
  // V8 compiles on first use, which takes its time, and says only then that a program is too large.
  if (laidOut(root) > surelyRoom) tester.test('')
  let finder: RegExp | undefined
  return {
    test: (text) => tester.test(text),
    matches(text, most) {
      finder ??= make('all', 'g')
      const found: RegexMatch[] = []
      finder.lastIndex = 0
      while (found.length < most) {
        const m = finder.exec(text)
        if (!m) break
        found.push({
          index: m.index,
          text: m[0],
          groups: Array.from(
            { length: groups },
            (_, g) => m.groups?.[groupName(g + 1)],
          ),
        })
        if (m[0] === '') finder.lastIndex = behind(text, finder.lastIndex)
      }
      return found
    },
  }
}

/** Whether re2js has words for it all, though it may still find its own bounds passed. */
export function isRe2Sayable({ root }: RegexTree): boolean {
  return sayable(() => emitRe2(root, 'none')) !== undefined
}

/** undefined where re2js lacks a construct, knows not a property, or finds its own bounds passed. */
export function re2Engine({ root, groups }: RegexTree): Engine | undefined {
  const make = (captures: Captures) => {
    const { source, i } = emitRe2(root, captures)
    return RE2JS.compile(source, i ? RE2JS.CASE_INSENSITIVE : 0)
  }
  let tester: RE2JS | undefined
  try {
    tester = sayable(() => make('none'))
  } catch {
    return undefined
  }
  const test = tester
  if (!test) return undefined
  let finder: Re2Finder | undefined
  return {
    test: (text) => test.test(text),
    matches(text, most) {
      finder ??= new Re2Finder(make('all'), groups)
      return finder.matches(text, most)
    },
  }
}

class Re2Finder {
  readonly #regex: RE2JS
  /** Their numbers in the engine's words. */
  readonly #groups: readonly number[]
  readonly #finals: readonly number[]

  constructor(regex: RE2JS, groups: number) {
    this.#regex = regex
    const numbers = regex.namedGroups()
    this.#groups = Array.from(
      { length: groups },
      (_, g) => numbers[groupName(g + 1)]!,
    )
    this.#finals = Object.keys(numbers)
      .filter((name) => name.startsWith(finalPrefix))
      .map((name) => numbers[name]!)
  }

  matches(text: string, most: number): RegexMatch[] {
    const found: RegexMatch[] = []
    const matcher = this.#regex.matcher(text)
    let at = 0
    while (found.length < most && at <= text.length && matcher.find(at)) {
      const index = matcher.start()
      // A line break that `$` took in is no part of the match, nor of a group around it.
      const taken = this.#finals.some((g) => matcher.start(g) < matcher.end(g))
      const end = matcher.end() - (taken ? 1 : 0)
      found.push({
        index,
        text: text.slice(index, end),
        groups: this.#groups.map((g) => {
          const start = matcher.start(g)
          return start < 0
            ? undefined
            : text.slice(start, Math.min(matcher.end(g), end))
        }),
      })
      at = end > index ? end : behind(text, end)
    }
    return found
  }
}

/** Behind the character at `at`. */
function behind(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
}

function sayable<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof Unsayable) return undefined
    throw error
  }
}
