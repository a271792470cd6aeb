// Which words does a condition have? Names hold anything but blanks, parentheses and pipes, so `notepad` and `and_more`
// are names, and so are `my-filter` and `sélection`.
//
// condition = { blank | "(" | ")" | "|" | word } ;  word = any characters but blanks, parentheses and "|"

export interface Token {
  readonly kind: 'word' | 'open' | 'close' | 'pipe' | 'end'
  readonly text: string
  /** Of its first character. */
  readonly at: number
}

const token = /[()|]|[^\s()|]+/gu

/** The last token is always `end`. */
export function lexCondition(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(token)) {
    tokens.push({ kind: kindOf(match[0]), text: match[0], at: match.index })
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

function kindOf(text: string): Token['kind'] {
  if (text === '(') return 'open'
  if (text === ')') return 'close'
  if (text === '|') return 'pipe'
  return 'word'
}
