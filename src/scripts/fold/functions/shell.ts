// Expansions of shells and of batch files, and the programs that only make text of text.
import type { Command, Known, KnownCommand } from '../call.ts'
import { decoded, decompressed, fromBase64, fromHex } from '../decode.ts'
import { cutOff, replaced } from '../../shell/globs.ts'
import { shellNumber } from '../dialects/shell.ts'
import { formatted, type FormatStyle } from '../printf.ts'
import {
  bitOf,
  concat,
  hasHoles,
  holed,
  list,
  number,
  shownOf,
  text,
  textOf,
  type TextValue,
  unknown,
  wholeText,
  withVia,
  type Value,
  viaOf,
} from '../value.ts'
import { echoEscapes, shellEscapes, unescaped } from '../../syntax/escapes.ts'
import { lettersOf, translated } from './letters.ts'
import type { Table } from './text.ts'

/** From a place, so many; a length below zero is a place from the end. */
const part: Known = ({ args: [of, from, length] }) => {
  const at = from && shellNumber(from)?.number
  const n = length ? shellNumber(length)?.number : Number.MAX_SAFE_INTEGER
  if (!of || at === undefined || n === undefined) return undefined
  if (of.kind === 'list') {
    const start = at < 0 ? of.items.length + at : at
    return start < 0 || n < 0
      ? undefined
      : list(of.items.slice(start, start + n), of.via)
  }
  const s = wholeOf(of)
  if (s === undefined) return undefined
  const start = at < 0 ? s.length + at : at
  if (start < 0 || start > s.length) return text('', of.via)
  const end = n < 0 ? s.length + n : start + n
  return end < start
    ? undefined
    : text(s.slice(start, end), of.via | bitOf('slices'))
}

/** A text of which all is known. */
function wholeOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' || value?.kind === 'number'
    ? wholeText(value)
    : undefined
}

/** What stands for no other letters than its own: its signs stand in brackets. */
const literally = (s: string): string => s.replace(/[*?[]/g, '[$&]')

const swap =
  (once: boolean): Known =>
  ({ args: [of, pattern, by] }) => {
    const [s, p, b] = [of, pattern, by].map(wholeOf)
    if (s === undefined || p === undefined || b === undefined) return undefined
    const out = replaced(s, p, b, !once)
    const hides = out !== s && s.length > 3 ? bitOf('replacement') : 0
    return out === undefined ? undefined : text(out, viaOf([of, by]) | hides)
  }

/** `#`, `##` cut at the front, `%`, `%%` at the back. */
const cut: Known = ({ args: [of, sign, pattern] }) => {
  const [s, mark, p] = [of, sign, pattern].map(wholeOf)
  if (s === undefined || !mark || p === undefined) return undefined
  const atEnd = mark.startsWith('%')
  const out = cutOff(s, p, { atEnd, longest: mark.length === 2 })
  return out === undefined ? undefined : text(out, of!.via)
}

const cased: Known = ({ args: [of, sign] }) => {
  const s = wholeOf(of)
  const mark = textOf(sign) ?? ''
  if (s === undefined || /[^\x00-\x7f]/.test(s)) return undefined
  const f = (t: string) =>
    mark.startsWith('^') ? t.toUpperCase() : t.toLowerCase()
  return text(mark.length === 2 ? f(s) : f(s.slice(0, 1)) + s.slice(1), of!.via)
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '-eq': (o) => o === 0,
  '-ne': (o) => o !== 0,
  '-lt': (o) => o < 0,
  '-le': (o) => o <= 0,
  '-gt': (o) => o > 0,
  '-ge': (o) => o >= 0,
}

/** `[ a -lt b ]`, `[ -z a ]`; undefined: nobody knows. */
function asked(words: readonly Value[]): Value | undefined {
  const all = words.map(wholeOf)
  const [a, sign = '', b] = all
  if (all.includes(undefined)) return undefined
  if (words.length === 2 && (a === '-z' || a === '-n'))
    return number((sign === '') === (a === '-z') ? 1 : 0)
  if (words.length !== 3) return undefined
  if (sign === '=' || sign === '==' || sign === '!=')
    return /[*?[]/.test(b!)
      ? undefined
      : number((a === b) === (sign !== '!=') ? 1 : 0)
  const [x, y] = [words[0]!, words[2]!].map(shellNumber)
  return x && y && Object.hasOwn(orders, sign)
    ? number(orders[sign]!(x.number - y.number) ? 1 : 0)
    : undefined
}

/** A word that stands in no quotes falls apart where blanks are in it. */
const split: Known = ({ args: [of] }) => {
  if (of?.kind === 'list') return list(of.items.flatMap(wordsIn), of.via)
  return of && list(wordsIn(of), of.via)
}

function wordsIn(value: Value): Value[] {
  const s = value.kind === 'text' ? wholeText(value) : undefined
  if (s === undefined || !/\s/.test(s)) return s === '' ? [] : [value]
  const words = s.trim().split(/[ \t\n]+/)
  return words.filter(Boolean).map((w) => text(w, value.via))
}

/** Without the ends of lines behind it. */
const output: Known = ({ args }) => {
  const s = args[0]?.kind === 'unknown' ? undefined : textOf(args[0])
  return s === undefined ? args[0] : text(s.replace(/\n+$/, ''), args[0]!.via)
}

export const shellFunctions: Table = {
  '[part]': part,
  '[swap]': swap(true),
  '[swapall]': swap(false),
  '[cut]': cut,
  '[ends]': ({ args: [of] }) => of && list([of, of]),
  '[items]': ({ args: [of] }) =>
    of?.kind === 'unknown'
      ? undefined
      : of?.kind === 'list'
        ? of
        : of && list([of]),
  '[joined]': ({ args: [of], get, budget }) => {
    const between = textOf(get('IFS'))
    if (of?.kind !== 'list' || between === undefined) return of
    const blank = text(between.slice(0, 1))
    return concat(
      of.items.flatMap((w, i) => (i ? [blank, w] : [w])),
      budget,
    )
  },
  '[test]': ({ args }) => asked(args),
  '[cased]': cased,
  '[split]': split,
  '[pattern]': ({ args: [of] }) => of,
  '[literal]': ({ args: [of] }) => {
    const s = wholeOf(of)
    return s === undefined ? undefined : text(literally(s), of!.via)
  },
  '[length]': ({ args: [of] }) => {
    const s = wholeOf(of)
    if (of?.kind === 'list') return number(of.items.length)
    return s === undefined ? undefined : number(Array.from(s).length)
  },
  '[named]': ({ args: [of], get }) => {
    const s = wholeOf(of)
    return s === undefined ? undefined : (get(s) ?? unknown(s))
  },
  '[output]': output,
  // What a program is given under the name of a file.
  '[given]': output,
  '[words]': ({ args }) => {
    const items = args[0]?.kind === 'list' ? args[0].items : []
    return list(
      items.flatMap((i) =>
        i.kind === 'text' && /\s/.test(i.text)
          ? i.text
              .trim()
              .split(/\s+/)
              .map((w) => text(w, i.via))
          : i.kind === 'list'
            ? i.items
            : [i],
      ),
    )
  },
}

export interface Redirect {
  readonly sign: string
  readonly target: Value | undefined
}

/** A word that is one; none of any other. */
export function redirectOf(word: Value): Redirect[] {
  return word.kind === 'list' &&
    word.items[0]?.kind === 'text' &&
    /^(?:\d{0,3}|&)[<>]/.test(word.items[0].text)
    ? [{ sign: word.items[0].text, target: word.items[1] }]
    : []
}

/** Words without redirections. */
export function plainWords(words: readonly Value[]): Value[] {
  return words.filter((w) => !redirectOf(w).length)
}

/** `\\0101` is a letter here, `\\101` is none. */
function numbered(s: string): string {
  return s.replace(/\\0([0-7]{1,3})|\\\\/g, (all, digits?: string) =>
    digits === undefined
      ? all
      : String.fromCharCode(Number.parseInt(digits, 8) & 0xff),
  )
}

const echo: KnownCommand = (command) => {
  const words = [...plainWords(command.words)]
  let escapes = false
  let end = '\n'
  while (words.length && /^-[neE]+$/.test(textOf(words[0]) ?? '')) {
    const flags = textOf(words.shift()) ?? ''
    if (flags.includes('n')) end = ''
    const last = /[eE](?=[^eE]*$)/.exec(flags)?.[0]
    if (last) escapes = last === 'e'
  }
  const blank = text(' ')
  const parts = words.flatMap((w, i) => (i ? [blank, w] : [w]))
  const line = concat(parts.length ? parts : [text('')], command.budget)
  if (line.kind !== 'text') return line
  const made = escapes ? unescaped(numbered(line.text), echoEscapes) : undefined
  if (made?.isOpen) return unknown('', line.via)
  const via = viaOf(words) | (line.via & holed) | (made?.via ?? 0)
  return text(`${made?.text ?? line.text}${end}`, via)
}

const printfStyle: FormatStyle = {
  letters: 'sdiuxXocb',
  numberOf: (value) => {
    const s = textOf(value)
    return s && /^['"]/.test(s) ? s.codePointAt(1) : shellNumber(value)?.number
  },
  textOf: (value) => wholeOf(value),
  missing: text(''),
}

const printf: KnownCommand = (command) => {
  const [first, name, ...rest] = plainWords(command.words)
  if (first && name && textOf(first) === '-v') {
    const made = printf(command.with({ words: rest }))
    if (made) command.define(shownOf(name), made)
    return text('')
  }
  const [format, ...args] = plainWords(command.words).filter(
    (w, i) => i > 0 || textOf(w) !== '--',
  )
  if (!format) return undefined
  const meant = unescaped(shownOf(format), shellEscapes)
  if (meant.isOpen || hasHoles(format)) return unknown('', viaOf(args))
  return printed(text(meant.text, format.via | meant.via), args, command)
}

/** Uses of one format. */
const maxUses = 1_000

/** The format is used again while there are arguments. */
function printed(
  format: TextValue,
  args: readonly Value[],
  { budget }: Command,
): Value {
  const all = [
    ...format.text.matchAll(/%%|%[-+ 0#]*(\*?)[\d.]*(\*?)([a-zA-Z])/g),
  ]
  const places = all.filter((f) => f[3])
  const size = places.reduce(
    (n, f) => n + 1 + (f[1] ? 1 : 0) + (f[2] ? 1 : 0),
    0,
  )
  if (args.length > size * maxUses) return unknown('', viaOf(args))
  const isByte = places.map((f) => f[3] === 'b')
  // A letter of a text is its first; `%b` has escapes in it.
  const spec = text(format.text.replace(/(%[-\d.]*)b/g, '$1s'), format.via)
  const out: Value[] = []
  for (let i = 0; i < Math.max(1, args.length); i += size || args.length || 1) {
    const given = args
      .slice(i, i + size)
      .map((a, k) => (isByte[k] && size === places.length ? meantBy(a) : a))
    const made = formatted(
      spec,
      given.map(firstLetter(places)),
      printfStyle,
      budget,
    )
    if (!made) return unknown('', viaOf(args))
    out.push(made)
  }
  const made = concat(out, budget)
  return withVia(made, viaOf([format, ...args.slice(0, 64)]))
}

const firstLetter =
  (places: readonly RegExpMatchArray[]) =>
  (value: Value, i: number): Value =>
    places[i]?.[3] === 'c' && value.kind === 'text' && !hasHoles(value)
      ? text(value.text.slice(0, 1), value.via)
      : value

/** `%b`. */
function meantBy(value: Value): Value {
  if (value.kind !== 'text') return value
  const raw = value.text.replace(/\\0([0-7]{1,3})/g, '\\$1')
  const made = unescaped(raw, shellEscapes)
  return made.isOpen
    ? unknown('', value.via)
    : text(made.text, value.via | made.via)
}

/** What comes in: through the pipe, or from a here document. */
export function inputOf(command: Command): Value | undefined {
  const here = command.words
    .flatMap(redirectOf)
    .find(({ sign }) => sign === '<<<')
  return here ? here.target : command.input
}

/** `a-z`, `[:upper:]`; undefined: more is meant than is followed. */
function setOf(written: string): string[] | undefined {
  const named = written
    .replace(/\[:upper:\]/g, 'A-Z')
    .replace(/\[:lower:\]/g, 'a-z')
    .replace(/\[:digit:\]/g, '0-9')
    .replace(/\[:alpha:\]/g, 'A-Za-z')
    .replace(/\[:alnum:\]/g, '0-9A-Za-z')
    .replace(/\[:space:\]/g, '\t\n\v\f\r ')
  if (/\[[:=.]|\[.\*\d*\]/.test(named)) return undefined
  const made = unescaped(named, shellEscapes)
  return made.isOpen ? undefined : lettersOf(made.text)
}

const filter =
  (
    f: (
      input: Value,
      command: Command,
      words: readonly string[],
    ) => Value | undefined,
  ): KnownCommand =>
  (command) => {
    const input = inputOf(command)
    const made =
      input && f(input, command, plainWords(command.words).map(shownOf))
    return made ?? unknown(`${command.name} output`)
  }

/** Bytes that are compressed stay what they are. */
const asText = (v: Value | undefined): Value | undefined => {
  if (v?.kind !== 'bytes') return v
  return v.bytes[0] === 0x1f && v.bytes[1] === 0x8b ? v : decoded(v, 'utf8')
}

/** Lines that are taken where nothing is said. */
const usualLines = 10

/** `-c 5`, `-n 2`, `-3`, `-n +2`: some letters or lines from one end. */
function partOfLines(
  input: Value,
  words: readonly string[],
  fromStart: boolean,
): Value | undefined {
  const s = wholeOf(input)
  const [, letter = 'n', size = String(usualLines)] =
    /^(?:-?([nc])? ?([-+]?\d{1,9}))?$/.exec(
      words
        .join(' ')
        .replace(/^--(?:bytes=|lines=)/, (o) =>
          o.startsWith('--b') ? '-c' : '-n',
        ),
    ) ?? [undefined, '']
  if (s === undefined || !letter) return undefined
  const isLetters = letter === 'c'
  if (isLetters && /[^\x00-\x7f]/.test(s)) return undefined
  const units = isLetters ? Array.from(s) : (s.match(/[^\n]*\n|[^\n]+$/g) ?? [])
  const n = Math.abs(Number(size))
  const taken = fromStart
    ? size.startsWith('-')
      ? units.slice(0, Math.max(0, units.length - n))
      : units.slice(0, n)
    : size.startsWith('+')
      ? units.slice(Math.max(0, n - 1))
      : units.slice(Math.max(0, units.length - n))
  return text(taken.join(''), input.via | bitOf('slices'))
}

/** `cut -c 2-4`, `cut -d, -f2`: of each line. */
function columns(input: Value, words: readonly string[]): Value | undefined {
  const s = wholeOf(input)
  const given = words.join(' ').replace(/-([cbfd]) /g, '-$1')
  const [, by] = /-d(\S)/.exec(given) ?? []
  const [, kind, list] = /-([cbf])([\d,-]+)/.exec(given) ?? []
  const rest = given
    .replace(/-d\S/, '')
    .replace(/-[cbf][\d,-]+/, '')
    .trim()
  const ranges = list?.split(',').map((r) => /^(\d*)(-?)(\d*)$/.exec(r))
  if (s === undefined || !ranges || ranges.includes(null) || rest)
    return undefined
  if (kind !== 'f' && /[^\x00-\x7f]/.test(s)) return undefined
  if (kind === 'f' && !by) return undefined
  const isIn = (place: number): boolean =>
    ranges.some((r) => {
      const first = Number(r![1] || 1)
      const last = r![2] ? Number(r![3] || Number.MAX_SAFE_INTEGER) : first
      return place >= first && place <= last
    })
  const lines = s.replace(/\n$/, '').split('\n')
  const out = lines.map((line) => {
    if (kind !== 'f')
      return Array.from(line)
        .filter((_, i) => isIn(i + 1))
        .join('')
    const parts = line.split(by!)
    return parts.length < 2
      ? line
      : parts.filter((_, i) => isIn(i + 1)).join(by)
  })
  return text(`${out.join('\n')}\n`, input.via | bitOf('slices'))
}

export const shellFilters: Readonly<Record<string, KnownCommand>> = {
  echo,
  printf,
  base64: filter((input, { budget }, words) => {
    if (words.some((w) => /^-[dDi]+$|^--decode$/.test(w)))
      return asText(fromBase64(input, budget))
    const s = wholeOf(input)
    const wide = words.join(' ')
    if (s === undefined || (wide && !/^-w ?0$/.test(wide))) return undefined
    const out = Buffer.from(s, 'utf8').toString('base64')
    return text(wide ? out : out.replace(/.{1,76}/g, '$&\n'), input.via)
  }),
  openssl: filter((input, { budget }, words) =>
    /base64/.test(words.join(' ')) && words.includes('-d')
      ? asText(fromBase64(input, budget))
      : undefined,
  ),
  rev: filter((input) => {
    const s = wholeOf(input)
    return s === undefined
      ? undefined
      : text(
          s
            .split('\n')
            .map((line) => Array.from(line).reverse().join(''))
            .join('\n'),
          input.via | bitOf('reversal'),
        )
  }),
  tr: filter((input, _, words) => {
    const isFlag = (w: string) => /^-[cCds]+$/.test(w)
    const flags = words.filter(isFlag).join('')
    const sets = words.filter((w) => !isFlag(w)).map(setOf)
    const [from, to = []] = sets
    if (!from || sets.includes(undefined) || sets.length > 2) return undefined
    const deletes = flags.includes('d')
    if (deletes ? sets.length !== 1 : !to.length) return undefined
    return translated(input, {
      from,
      to,
      deletes,
      squeezes: flags.includes('s'),
      others: /c/i.test(flags),
    })
  }),
  xxd: filter((input, { budget }, words) =>
    words.some((w) => /r/.test(w) && w.startsWith('-'))
      ? asText(fromHex(input, budget))
      : undefined,
  ),
  gunzip: filter((input, { budget }) =>
    asText(decompressed(input, 'gzip', budget)),
  ),
  zcat: filter((input, { budget }) =>
    asText(decompressed(input, 'gzip', budget)),
  ),
  gzip: filter((input, { budget }, words) =>
    words.some((w) => /d/.test(w))
      ? asText(decompressed(input, 'gzip', budget))
      : undefined,
  ),
  sed: filter((input, _, words) => {
    const [script = '', ...more] = words.filter((w) => w !== '-e')
    const [, , from = '', to = '', flags = ''] =
      /^s([/|,#@:])([^/|,#@:]+)\1([^/|,#@:]*)\1(g?)$/.exec(script) ?? []
    const s = wholeOf(input)
    // Letters that stand for themselves, and nothing of what is matched in what it becomes.
    if (s === undefined || !from || more.length) return undefined
    if (/[.*^$[\]\\]/.test(from) || /[&\\]/.test(to)) return undefined
    const out = s
      .split('\n')
      .map((line) =>
        flags ? line.replaceAll(from, () => to) : line.replace(from, () => to),
      )
      .join('\n')
    return text(out, input.via | (out === s ? 0 : bitOf('replacement')))
  }),
  cat: (command) =>
    plainWords(command.words).length ? unknown('cat output') : inputOf(command),
  head: filter((input, _, words) => partOfLines(input, words, true)),
  tail: filter((input, _, words) => partOfLines(input, words, false)),
  cut: filter((input, _, words) => columns(input, words)),
  tee: filter((input) => input),
}
