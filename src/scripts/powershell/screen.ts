// May a block of PowerShell do what is asked? Most blocks of a log are modules of the system that name nothing of it; those are not read at
// all. Whatever does something names it, calls what it works out, or works out a name out of pieces: a block without any of these does not.
import type { ActionKind } from '../action.ts'
import { apiNames } from '../known/apis.ts'
import { commandsThatTell } from '../known/cmdlets.ts'
import { comCalls } from '../known/com.ts'
import { dotnetCalls, silentCalls } from '../known/dotnet.ts'

/** A name in pieces, of which the longest run of strangers between two letters has so many UTF-16 units, is told from prose. */
const maxBetween = 8

/** Names and text are worked out: what they come to is not written here. */
const parts = [
  // A command or a member that is no bare word.
  String.raw`(?:^|[\s;|{(=,])[&.][ \t]*[("'$\x7b]`,
  String.raw`[\w)\]}'"]\.(?:[$(]|["'][^"'\n]{1,80}["']\s*\()`,
  String.raw`::\s*["'$(]`,
  String.raw`\[(?:system\.)?type\]|\[wmi(?:class|searcher)?\]|\s-as[\s\[(]`,
  // Letters out of numbers, texts out of other texts.
  String.raw`\[(?:system\.)?(?:char|byte)\b|bxor|revers|righttoleft|frombase64|getstring|toch?ar|ubyte|securestring`,
  String.raw`deflate|gzip|unescape|decode|\.\.\s*[-0$(]|[a-z]\x60[a-z]`,
  '/proc/|/dev/shm',
  // PowerShell takes these for the ASCII ones.
  '[\u2013-\u201f]',
]
const worksOut = new RegExp(parts.join('|'), 'm')

const joins = /join|replace|insert|remove|substring|split|trim/

/** What switches a scanner off is told of any call that is given one of these. */
const scanner = /amsi|etw|eventwrite/
const inPieces = [
  [/a["'$({]/, /["'})]msi/],
  [/am["'$({]/, /["'})]si/],
  [/ams["'$({]/, /["'})]i/],
  [/e["'$({]/, /["'})]tw/],
  [/et["'$({]/, /["'})]w/],
] as const
const shortPiece = /["'})](?:m|s|ms|t)["'{($]/
/** Its letters in this order, some strangers between them. */
const spreadOver = (stranger: string) =>
  ['amsi', 'etw']
    .map((name) => [...name].join(`${stranger}{0,${maxBetween}}`))
    .join('|')
const spreadInText = new RegExp(spreadOver(String.raw`[^"'\n]`))
// Where quotation marks in comments turn code and texts around, what only code has still tells them apart.
const spreadInCode = new RegExp(spreadOver(String.raw`[^"'\n|{}()$;]`))

function isSpread(text: string): boolean {
  if (spreadInCode.test(text)) return true
  for (const [literal] of text.matchAll(/"[^"\n]*"|'[^'\n]*'/g))
    if (spreadInText.test(literal)) return true
  return false
}

function mayNameScanner(text: string): boolean {
  return (
    scanner.test(text) ||
    shortPiece.test(text) ||
    inPieces.some(([end, begin]) => end.test(text) && begin.test(text)) ||
    (joins.test(text) && isSpread(text))
  )
}

interface Words {
  /** Each says enough. */
  readonly alone: ReadonlySet<string>
  /** Only where a command may stand: they are words of every day. */
  readonly asCommand: ReadonlySet<string>
  /** Members, each with the types of which one must be named too. */
  readonly members: ReadonlyMap<string, readonly string[]>
}

function wordsOf(kinds: ReadonlySet<ActionKind>): Words {
  const alone = new Set<string>(apiNames)
  const asCommand = new Set<string>()
  for (const name of commandsThatTell(kinds)) {
    if (name.includes('-')) alone.add(name)
    else asCommand.add(name)
  }
  const members = new Map<string, string[]>()
  for (const [path, known] of Object.entries({ ...comCalls, ...dotnetCalls })) {
    if (silentCalls.has(known)) continue
    const parts = path.replace(/\.new$|=$/, '').split('.')
    const member = parts.pop()!
    const type = parts.pop()
    // Made by another of these, or named.
    if (!type) alone.add(member)
    else members.set(member, [...(members.get(member) ?? []), type])
  }
  return { alone, asCommand, members }
}

const known = new Map<string, Words>()

function wordsFor(kinds: ReadonlySet<ActionKind>): Words {
  const key = [...kinds].sort().join()
  let words = known.get(key)
  if (!words) known.set(key, (words = wordsOf(kinds)))
  return words
}

/** false: it does nothing of these kinds. */
export function mayAct(block: string, kinds: ReadonlySet<ActionKind>): boolean {
  const text = block.toLowerCase()
  if (worksOut.test(text)) return true
  if (kinds.has('disable') && mayNameScanner(text)) return true
  if (kinds.has('start') && /[\\/]|\.(?:exe|bat|cmd|com|msi)\b/.test(text))
    return true
  const words = wordsFor(kinds)
  for (let at = 0; at < text.length; ) {
    const end = endOfWord(text, at)
    if (end > at && mayBeActing(text, at, end, words)) return true
    at = end + 1
  }
  return false
}

/** Letters, digits, `_`, `-` and `$` make words here. */
const inWords = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[\w$-]/.test(String.fromCharCode(code))),
)

function endOfWord(text: string, from: number): number {
  let at = from
  while (at < text.length && inWords[text.charCodeAt(at)] === 1) at++
  return at
}

function mayBeActing(
  text: string,
  from: number,
  to: number,
  { alone, asCommand, members }: Words,
): boolean {
  const word = text.slice(from, to)
  return (
    alone.has(word) ||
    alone.has(withoutLetter(word)) ||
    (asCommand.has(word) && mayBeCommand(text, from)) ||
    (members.get(word)?.some((type) => text.includes(type)) ?? false)
  )
}

/** Functions of Windows have a letter for their texts, and some an underscore. */
function withoutLetter(word: string): string {
  const end = word.endsWith('a') || word.endsWith('w') ? -1 : undefined
  return word.slice(word.startsWith('_') ? 1 : 0, end)
}

function mayBeCommand(text: string, index: number): boolean {
  let at = index - 1
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at--
  if (at < 0 || '\n\r;|{(=&!\\/'.includes(text[at]!)) return true
  return /\b(?:return|throw|exit)$/.test(
    text.slice(Math.max(0, at - 7), at + 1),
  )
}
