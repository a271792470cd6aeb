// Expansions of shells and of batch files, and the programs that only make text of text.
import type { Command, Known, KnownCommand } from '../call.ts'
import {
  decoded,
  decompressed,
  fromBase64,
  fromHex,
  reversed,
} from '../decode.ts'
import { percentFormat } from '../format.ts'
import {
  bitOf,
  list,
  numberOf,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../value.ts'
import { shellEscapes, unescapeC, unescaped } from '../../syntax/escapes.ts'
import { lettersOf, translated } from './letters.ts'
import { replaceText, type Table } from './text.ts'

const part: Known = ({ args }) => {
  const s = textOf(args[0])
  const from = numberOf(args[1])
  const length = shownOf(args[2]) === '' ? undefined : numberOf(args[2])
  if (s === undefined || from === undefined) return undefined
  const at = from < 0 ? Math.max(0, s.length + from) : from
  const end =
    length === undefined
      ? s.length
      : length < 0
        ? s.length + length
        : at + length
  return text(s.slice(at, end), args[0]!.via | bitOf('slices'))
}

const swap =
  (once: boolean): Known =>
  (call) =>
    replaceText(call.args[0], call.args[1], call.args[2], call, once) ??
    call.args[0]

/** `#`, `##` cut at the front, `%`, `%%` at the back; of patterns only plain ones and `*x`, `x*`. */
const cut: Known = ({ args }) => {
  const s = textOf(args[0])
  const sign = shownOf(args[1])
  const pattern = shownOf(args[2])
  if (s === undefined) return undefined
  const plain = pattern.replace(/^\*|\*$/g, '')
  const front = sign.startsWith('#')
  const at =
    sign.length === (front ? 2 : 1) ? s.lastIndexOf(plain) : s.indexOf(plain)
  if (at < 0) return args[0]
  return text(front ? s.slice(at + plain.length) : s.slice(0, at), args[0]!.via)
}

export const shellFunctions: Table = {
  '[part]': part,
  '[swap]': swap(true),
  '[swapall]': swap(false),
  '[cut]': cut,
  '[ends]': ({ args: [of] }) => of && list([of, of]),
  '[upper]': ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? undefined : text(s.toUpperCase(), args[0]!.via)
  },
  '[lower]': ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? undefined : text(s.toLowerCase(), args[0]!.via)
  },
  '[output]': ({ args }) => {
    const s = args[0]?.kind === 'unknown' ? undefined : textOf(args[0])
    return s === undefined ? args[0] : text(s.replace(/\n+$/, ''), args[0]!.via)
  },
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

const echo: KnownCommand = (command) => {
  const words = [...plainWords(command.words)]
  let escapes = false
  while (words.length && /^-[neE]+$/.test(shownOf(words[0])))
    escapes = /e/.test(shownOf(words.shift())) || escapes
  const line = words.map(shownOf).join(' ')
  const made = escapes ? unescapeC(line) : { text: line, via: 0 }
  return text(`${made.text}\n`, viaOf(words) | made.via)
}

const printf: KnownCommand = (command) => {
  const [first, name, ...rest] = plainWords(command.words)
  if (first && name && shownOf(first) === '-v') {
    const made = printf(command.with({ words: rest }))
    if (made) command.define(shownOf(name), made)
    return text('')
  }
  const [format, ...args] = plainWords(command.words)
  if (!format) return undefined
  const meant = unescapeC(shownOf(format))
  const given = args.map((a) =>
    a.kind === 'text' ? text(unescapeC(a.text).text, a.via) : a,
  )
  const spec = text(meant.text.replace(/%b/g, '%s'), format.via | meant.via)
  // The format is used again while there are arguments.
  const places = (meant.text.match(/%[^%]/g) ?? []).length
  if (!places) return spec
  const out: Value[] = []
  for (
    let i = 0;
    i < Math.max(1, given.length) && out.length < 1_000;
    i += places
  ) {
    out.push(
      percentFormat(spec, list(given.slice(i, i + places)), command.budget) ??
        unknown(),
    )
  }
  const all = out.map(shownOf).join('')
  return text(all, viaOf([...out, spec]))
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

export const shellFilters: Readonly<Record<string, KnownCommand>> = {
  echo,
  printf,
  base64: filter((input, { budget }, words) =>
    words.some((w) => /^-[dD]|^--decode$/.test(w))
      ? (asText(fromBase64(input, budget)) ?? unknown())
      : unknown(),
  ),
  openssl: filter((input, { budget }, words) =>
    /base64/.test(words.join(' ')) && words.includes('-d')
      ? asText(fromBase64(input, budget))
      : undefined,
  ),
  rev: filter((input, { budget }) => {
    const s = textOf(input)
    return reversed(
      s === undefined ? input : text(s.replace(/\n$/, ''), input.via),
      budget,
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
  sed: filter((input, { budget }, words) => {
    const [, mark = '', from = '', to = ''] =
      /^s([/|,#@])([^/|,#@]*)\1([^/|,#@]*)\1g?$/.exec(
        words.find((w) => /^s/.test(w)) ?? '',
      ) ?? []
    return mark
      ? replaceText(input, text(from), text(to), { budget })
      : undefined
  }),
  cat: (command) => inputOf(command),
  head: filter((input) => input),
  tee: filter((input) => input),
}
