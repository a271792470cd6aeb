// A search cut into text, comments and macro calls, and the page's fence around it.

export interface Token {
  kind: 'text' | 'comment' | 'open-comment' | 'macro' | 'quoted-macro'
  from: number
  to: number
}

const quotedCall = /`[\w:.-]{1,200}`/g

/** Cuts into text, comments and macro calls. Quoted text is text, unless a macro's name stands in it between backticks. */
export function* tokens(
  source: string,
  from: number,
  to: number,
): Generator<Token> {
  let start = from
  let i = from
  while (i < to) {
    const c = source[i]
    if (c === '\\' && source[i + 1] === '"') {
      i += 2
      continue
    }
    if (c === '"') {
      const end = endOfString(source, i, to)
      for (const call of source.slice(i, end).matchAll(quotedCall)) {
        const at = i + call.index
        yield { kind: 'text', from: start, to: at }
        start = at + call[0].length
        yield { kind: 'quoted-macro', from: at, to: start }
      }
      i = end
      continue
    }
    if (c !== '`') {
      i++
      continue
    }
    if (i > start) yield { kind: 'text', from: start, to: i }
    if (source.startsWith('```', i)) {
      const end = source.indexOf('```', i + 3)
      if (end < 0 || end + 3 > to) {
        yield { kind: 'open-comment', from: i, to }
        return
      }
      yield { kind: 'comment', from: i, to: end + 3 }
      i = end + 3
    } else {
      const end = source.indexOf('`', i + 1)
      const stop = end < 0 || end >= to ? to : end + 1
      yield { kind: 'macro', from: i, to: stop }
      i = stop
    }
    start = i
  }
  if (start < to) yield { kind: 'text', from: start, to }
}

export function endOfString(source: string, open: number, to: number): number {
  let i = open + 1
  while (i < to && source[i] !== '"') i += source[i] === '\\' ? 2 : 1
  return Math.min(i + 1, to)
}

/**
 * The page puts its queries between fences on the query's own lines. A text that has nothing but one comment is such a
 * query; one that has anything outside its comments is what it seems.
 */
export function fenceOf(
  source: string,
): { from: number; innerFrom: number; innerTo: number } | undefined {
  const from = source.search(/\S/)
  if (from < 0 || !source.startsWith('```', from)) return undefined
  const end = source.trimEnd().length
  const close = source.lastIndexOf('```', end)
  if (close < from + 3 || close + 3 !== end) return undefined
  for (const t of tokens(source, from, end)) {
    if (t.kind === 'quoted-macro') return undefined
    if (t.kind === 'text' && source.slice(t.from, t.to).trim()) return undefined
    if (t.kind === 'macro') return undefined
  }
  const info = /^(?:spl|splunk|spl2|sql|text)?[ \t]*\r?\n/.exec(
    source.slice(from + 3, from + 20),
  )
  return { from, innerFrom: from + 3 + (info?.[0].length ?? 0), innerTo: close }
}
