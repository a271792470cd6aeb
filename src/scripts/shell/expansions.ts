// `${…}`: what a name stands for, and what is made of it.
import type { Node } from '../syntax/node.ts'
import type { ReadWord, WordSource } from './word-source.ts'

const beginning = /([!#]?)([A-Za-z_]\w*(?:\[[^\]]*\])?|[0-9]+|[@*#?!$-])/y

/** What stands between the braces of an expansion. */
export function expansion(
  given: WordSource,
  start: number,
  end: number,
  read: ReadWord,
): Node {
  const source: Source = { ...reading(given), read }
  const { text } = source
  const close = Math.max(start + 2, end - 1)
  beginning.lastIndex = start + 2
  const [all = '', mark = '', name = ''] = beginning.exec(text) ?? []
  const from = start + 2 + all.length
  const at = { start, end }
  if (!all || from > close) return { kind: 'name', name: '', ...at }
  const variable = variableOf(source, name, at)
  if (mark === '#' && from === close) return call('[length]', [variable], at)
  if (mark === '!') {
    // `${!n}` is what the name stands for that `n` stands for; more is not followed.
    return from === close && variable.kind === 'name'
      ? call('[named]', [variable], at)
      : { kind: 'name', name: '', ...at }
  }
  const rest = text.slice(from, close)
  if (mark) return { kind: 'name', name: '', ...at }
  return rest ? changed(source, variable, from, close, at) : variable
}

interface Source extends WordSource {
  readonly read: ReadWord
}

function reading(of: WordSource): WordSource {
  return {
    text: of.text,
    end: of.end,
    at: of.at,
    inside: (a, b) => of.inside(a, b),
    arithmetic: (a, b) => of.arithmetic(a, b),
  }
}

interface At {
  readonly start: number
  readonly end: number
}

function variableOf(source: Source, name: string, at: At): Node {
  const item = /^(\w+)\[([^\]]*)\]$/.exec(name)
  if (!item) return { kind: 'name', name, ...at }
  const [, of = '', key = ''] = item
  const object: Node = { kind: 'name', name: of, ...at }
  if (key === '@') return call('[items]', [object], at)
  if (key === '*') return call('[joined]', [object], at)
  return { kind: 'index', object, args: [keyOf(source, key, at)], ...at }
}

/** `$i`, `i+1`, `3`. */
function keyOf(source: Source, key: string, at: At): Node {
  if (/^-?\d{1,9}$/.test(key))
    return { kind: 'number', value: Number(key), ...at }
  const from = source.text.indexOf(`[${key}]`, at.start) + 1
  return source.arithmetic(from, from + key.length)
}

function call(name: string, args: readonly Node[], at: At): Node {
  const callee: Node = { kind: 'name', name, ...at }
  return { kind: 'call', callee, args: [...args], ...at }
}

const literal = (value: string, at: At): Node => ({
  kind: 'text',
  value,
  via: 0,
  ...at,
})

/** Signs and what they are told by, the longer before those they begin with. */
const signs = /:?[-=+?]|\/\/|\/|##?|%%?|\^\^?|,,?|:|@/y

function changed(
  source: Source,
  of: Node,
  from: number,
  close: number,
  at: At,
): Node {
  signs.lastIndex = from
  const sign = signs.exec(source.text)?.[0] ?? ''
  const behind = from + sign.length
  const unread: Node = { kind: 'name', name: '', ...at }
  // Without a colon it is asked whether it was ever set.
  if (/^[-=]$/.test(sign))
    return binary('unset', of, wordIn(source, behind, close), at)
  if (/^:[-=]$/.test(sign))
    return binary('default', of, wordIn(source, behind, close), at)
  if (/^\+$/.test(sign)) return unread
  if (/^:\+$/.test(sign))
    return binary('alternative', of, wordIn(source, behind, close), at)
  if (/^:?\?$/.test(sign)) return of
  switch (sign) {
    case ':':
      return part(source, of, behind, close, at)
    case '/':
    case '//':
      return swapped(source, of, sign, { from: behind, close, at })
    case '#':
    case '##':
    case '%':
    case '%%': {
      const pattern = patternIn(source, behind, close, at)
      return call('[cut]', [of, literal(sign, at), pattern], at)
    }
    case '^':
    case '^^':
    case ',':
    case ',,':
      return behind === close
        ? call('[cased]', [of, literal(sign, at)], at)
        : unread
    default:
      return unread
  }
}

function binary(op: string, left: Node, right: Node, at: At): Node {
  return { kind: 'binary', op, left, right, ...at }
}

/** The word from here to there, as it stands within quotes. */
function wordIn(source: Source, from: number, to: number): Node {
  const inner: WordSource = {
    text: source.text,
    end: to,
    at: from,
    inside: (a, b) => source.inside(a, b),
    arithmetic: (a, b) => source.arithmetic(a, b),
  }
  return source.read(inner, from, to)
}

/** A pattern whose quotes say of its signs that they are none is not followed. */
function patternIn(source: Source, from: number, to: number, at: At): Node {
  const raw = source.text.slice(from, to)
  const plain = raw.replace(/\\([^*?[\]\\])/g, '$1')
  const escaped = raw.replace(/\\(.)/g, '$1')
  if (/["']/.test(raw)) {
    const bare = raw.replace(/["']/g, '')
    const isPlain = !/[*?[\\$`]/.test(bare)
    return isPlain
      ? call('[pattern]', [literal(bare, at)], at)
      : /^"\$\w+"$/.test(raw)
        ? call('[literal]', [wordIn(source, from + 1, to - 1)], at)
        : { kind: 'name', name: '', ...at }
  }
  if (/[$`]/.test(raw)) return call('[pattern]', [wordIn(source, from, to)], at)
  if (plain.includes('\\'))
    return /[*?[]/.test(raw.replace(/\\./g, ''))
      ? { kind: 'name', name: '', ...at }
      : call('[literal]', [literal(escaped, at)], at)
  return call('[pattern]', [literal(plain, at)], at)
}

/** `:2:3`: from a place, so many. */
function part(
  source: Source,
  of: Node,
  from: number,
  close: number,
  at: At,
): Node {
  const colon = dividing(source.text, ':', from, close)
  const first = source.arithmetic(from, colon)
  const args = [of, first]
  if (colon < close) args.push(source.arithmetic(colon + 1, close))
  return call('[part]', args, at)
}

function swapped(
  source: Source,
  of: Node,
  sign: string,
  { from, close, at }: { from: number; close: number; at: At },
): Node {
  // The first letter is one of the pattern in any case.
  const slash = dividing(
    source.text,
    '/',
    source.text[from] === '/' ? from + 1 : from,
    close,
  )
  const pattern = patternIn(source, from, slash, at)
  const isPlain = slash >= close
  const by = isPlain
    ? literal('', at)
    : replacement(source, slash + 1, close, at)
  return call(sign === '//' ? '[swapall]' : '[swap]', [of, pattern, by], at)
}

function replacement(source: Source, from: number, to: number, at: At): Node {
  const raw = source.text.slice(from, to)
  if (/&/.test(raw)) return { kind: 'name', name: '', ...at }
  if (!/["'\\]/.test(raw)) return wordIn(source, from, to)
  const inner: WordSource = {
    text: source.text.slice(0, to),
    end: to,
    at: from,
    inside: (a, b) => source.inside(a, b),
    arithmetic: (a, b) => source.arithmetic(a, b),
  }
  const word = source.read(inner)
  return inner.at >= to ? word : { kind: 'name', name: '', ...at }
}

/** Where a sign stands that is in no brackets and no quotes; else the end. */
function dividing(
  text: string,
  sign: string,
  from: number,
  to: number,
): number {
  let depth = 0
  for (let i = from; i < to; i++) {
    const c = text[i]!
    if (c === '\\') i++
    else if (c === '(' || c === '{' || c === '[') depth++
    else if (c === ')' || c === '}' || c === ']') depth--
    else if (c === sign && depth <= 0) return i
  }
  return to
}
