// The tokens of a formula of a spreadsheet, in A1 or R1C1 style, of Excel, Calc and text formats alike.
// [MS-XLSX] 2.2.2 (formulas), ECMA-376 part 1, 18.17.

export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  /** A name, a reference or a function; `isQuoted` where it stood between apostrophes. */
  | { readonly kind: 'name'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: 'mark'; readonly text: string }

/** Of one formula; Excel takes 8,192 characters. */
const maxTokens = 16_384

const spaces = /[\s\u0000-\u001f\u00a0]/
const digit = /[\d.]/
const marks = new Set([...'+-*/^&=<>(),;{}|!:%@#~'])

export function tokensOf(formula: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < formula.length && tokens.length < maxTokens) {
    const c = formula[at]!
    if (spaces.test(c)) {
      at++
    } else if (c === '"' || c === "'") {
      const { text, end } = quotedFrom(formula, at, c)
      tokens.push(
        c === '"'
          ? { kind: 'text', text }
          : { kind: 'name', text, isQuoted: true },
      )
      at = end
    } else if (digit.test(c) && !/[\w.]/.test(formula[at - 1] ?? '')) {
      const text = /^\d*\.?\d*(?:E[+-]?\d+)?/i.exec(
        formula.slice(at, at + 64),
      )![0]
      tokens.push({ kind: 'number', text })
      at += Math.max(1, text.length)
    } else if (marks.has(c)) {
      tokens.push({ kind: 'mark', text: c })
      at++
    } else {
      const end = nameEnd(formula, at)
      const text = formula.slice(at, end)
      tokens.push({ kind: 'name', text, isQuoted: false })
      at = end
    }
  }
  return tokens
}

/** A quote is doubled within. What is never closed reaches to the end. */
function quotedFrom(text: string, from: number, quote: string) {
  const parts: string[] = []
  let at = from + 1
  for (;;) {
    const close = text.indexOf(quote, at)
    if (close < 0) {
      parts.push(text.slice(at))
      return { text: parts.join(''), end: text.length }
    }
    parts.push(text.slice(at, close))
    if (text[close + 1] !== quote) {
      return { text: parts.join(''), end: close + 1 }
    }
    parts.push(quote)
    at = close + 2
  }
}

/** Workbooks stand in square brackets, which may hold anything. */
function nameEnd(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const c = text[at]!
    if (c === '[') {
      const close = text.indexOf(']', at)
      at = close < 0 ? text.length : close + 1
    } else if (marks.has(c) || spaces.test(c) || c === '"' || c === "'") {
      break
    } else at++
  }
  return Math.max(at, from + 1)
}
