// What does `%name%` stand for? `|expand` takes the values from whoever runs the rules; a rule with an unknown name is
// refused, because guessing would change its meaning.
import type { YamlScalar } from '../../../rule-text/yaml/value.ts'

import type { ItemAtHand } from './item.ts'

export type Placeholders = Readonly<
  Record<string, readonly (string | number)[]>
>

type Expansion =
  | {
      readonly kind: 'texts'
      readonly texts: readonly string[]
      readonly used: boolean
    }
  | { readonly kind: 'unknown'; readonly name: string; readonly at: number }
  | { readonly kind: 'too-many' }

/** Values that one text may become. */
const maxExpansions = 10_000

/** The values that stand behind one, where the item asks for that. */
export function expandValue(
  at: ItemAtHand,
  value: YamlScalar,
  values: Placeholders,
): readonly YamlScalar[] {
  const { placeholders, as } = at.modifiers
  if (!placeholders || typeof value !== 'string') return [value]
  const result = expand(
    value,
    values,
    as === 'regex' ? quoteRegex : (text) => text,
  )
  if (result.kind === 'unknown') {
    return at.refuse(
      'S018',
      `placeholder "%${result.name}%" has no values`,
      'give its values with --placeholders, or write them here and drop "expand"',
      result.at,
    )
  }
  if (result.kind === 'too-many') {
    return at.refuse('S026', 'the placeholders stand for too many values')
  }
  if (!result.used) {
    at.report(
      'S060',
      '"expand" has no effect: there is no placeholder',
      'a placeholder is written "%name%"',
    )
  }
  // A number that stands alone stays one.
  const whole = /^%([\w.-]+)%$/.exec(value)?.[1]
  if (whole !== undefined && as === 'value') return values[whole] ?? []
  return result.texts
}

function quoteRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

// placeholder = "%" name "%" ;  "\%" is a percent sign        (Rules specification 2.1, "Placeholders")
const placeholder = /(?<!\\)%([\w.-]+)%/g

/** `quote` guards the inserted values where the text has a syntax of its own (regular expressions). */
export function expand(
  text: string,
  values: Placeholders,
  quote: (value: string) => string,
): Expansion {
  let texts = ['']
  let from = 0
  let used = false
  for (const match of text.matchAll(placeholder)) {
    const name = match[1]!
    const known = Object.hasOwn(values, name) ? values[name]! : []
    if (!known.length) return { kind: 'unknown', name, at: match.index }
    if (texts.length * known.length > maxExpansions) return { kind: 'too-many' }
    const between = unescapePercent(text.slice(from, match.index))
    texts = texts.flatMap((t) =>
      known.map((v) => t + between + quote(String(v))),
    )
    from = match.index + match[0].length
    used = true
  }
  const rest = unescapePercent(text.slice(from))
  return { kind: 'texts', texts: texts.map((t) => t + rest), used }
}

const unescapePercent = (text: string) => text.replaceAll('\\%', '%')
