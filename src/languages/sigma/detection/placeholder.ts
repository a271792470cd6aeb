// What does `%name%` stand for? `|expand` takes the values from whoever runs the rules; a rule with an unknown name is
// refused, because guessing would change its meaning.

export type Placeholders = Readonly<
  Record<string, readonly (string | number)[]>
>

export type Expansion =
  | {
      readonly kind: 'texts'
      readonly texts: readonly string[]
      readonly used: boolean
    }
  | { readonly kind: 'unknown'; readonly name: string; readonly at: number }
  | { readonly kind: 'too-many' }

/** Values that one text may become. */
export const maxExpansions = 10_000

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
