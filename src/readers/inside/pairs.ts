// `name=value` after `name=value` in a line, as agents write them: what stands between, and which `name=` begins a value, is told by
// the names that such events have. In a command line may stand what only looks like one.
import { cefKeys } from './cef-keys.ts'
import { isBesideData } from './beside-names.ts'
import { namesOfEvent } from './positional-data.ts'

export interface Pairs {
  [name: string]: string
}

interface Key {
  readonly name: string
  /** Where what stands before the name begins, and where its value does. */
  readonly from: number
  readonly to: number
  /** What stands between this name and the value before it. */
  readonly separator: string
}

/** Names of one line; more are no names. */
const maxKeys = 2_048

const key = /(^|[\s;,|^]\s{0,8})([A-Za-z_@][\w.@[\]-]{0,63})=/g

/** Values of these are what a person or program wrote: another name is none there unless it is known. */
const freeText =
  /(?:commandline|cmdline|cmd|command|message|msg|text|payload|details|content|contents|query|consumer|destination|filename|imagepath|path|image|request|reason|cs\d|targetobject|newvalue|value|taskcontent|arguments|args)$/i

/** They stand in the value of `Hashes`, between commas. */
const algorithms = /^(?:MD5|SHA1|SHA256|SHA384|SHA512|IMPHASH|SSDEEP|TLSH)$/i

const standing =
  /(?:^|[\s;,|^"])(?:EventI[Dd]|EventCode|externalId|Event_ID)="?(\d{1,10})\b/

export interface Written {
  /** Of the event, where something else than the pairs tells it. */
  readonly id?: string | undefined
  /** An equals sign of a value has a backslash before it, so that every other ends a name. */
  readonly isEscaped?: boolean
}

export function pairsOf(
  text: string,
  { id = '', isEscaped = false }: Written = {},
): Pairs {
  const isKnown = knownIn(text, id)
  const keys = keysOf(text)
  const separator = separatorOf(keys, isKnown)
  const isSure = isEscaped || /[\t|^]/.test(separator)
  const pairs: Pairs = {}
  let open: Key | undefined
  const taken = new Set<string>()
  const give = (to: number) => {
    const value = open && text.slice(open.to, to).trim()
    if (value) pairs[open!.name] = value
  }
  for (const next of keys) {
    const isOne =
      open === undefined ||
      (kindOf(next.separator) === separator &&
        !taken.has(next.name) &&
        !algorithms.test(next.name) &&
        (isSure || !freeText.test(open.name) || isKnown(next)))
    if (!isOne) continue
    give(next.from)
    open = next
    taken.add(next.name)
  }
  give(text.length)
  return pairs
}

/** Times of CEF, by what stands behind them: `start=` alone is an option of `sc`. */
const timed = /^(?:start|end)$/
const cefTime = /(?:\d{13}\b|[A-Z][a-z]{2} \d{1,2} )/y

/** Is it a name that an event of this id has, or one that agents add? */
function knownIn(text: string, told: string): (key: Key) => boolean {
  const id = standing.exec(text)?.[1] ?? told
  const known = new Set(namesOfEvent(id).flatMap(({ names }) => names))
  return ({ name, to }) => {
    cefTime.lastIndex = to
    return (
      known.has(name) ||
      name.startsWith('ad.') ||
      isBesideData(name) ||
      cefKeys.has(name) ||
      (timed.test(name) && cefTime.test(text))
    )
  }
}

/** What stands between pairs in quotes is no name, wherever a quote is closed before another. */
function keysOf(text: string): Key[] {
  const keys: Key[] = []
  key.lastIndex = 0
  for (let m = key.exec(text); m && keys.length < maxKeys; m = key.exec(text)) {
    const [all, separator, name] = m
    const to = m.index + all.length
    keys.push({ name: name!, from: m.index, to, separator: separator! })
    const end = endOfQuoted(text, to)
    // The blank before a name may be the end of what was just read.
    key.lastIndex = end ?? to
  }
  return keys
}

/** Up to 64 Ki characters. */
const quoted = /"(?:[^"\\]|\\[\s\S]){0,65536}"(?=$|[\s;,|^])/y
const behindQuoted = /\s*[;,|^]?\s*(?:$|[A-Za-z_@][\w.@[\]-]{0,63}=)/y

/** Behind a value that stands in quotes as a whole; undefined: this one does not. */
function endOfQuoted(text: string, from: number): number | undefined {
  if (text[from] !== '"') return undefined
  quoted.lastIndex = from
  if (!quoted.test(text)) return undefined
  const end = quoted.lastIndex
  behindQuoted.lastIndex = end
  return behindQuoted.test(text) ? end : undefined
}

/** What stands before most of the names that are known. */
function separatorOf(
  keys: readonly Key[],
  isKnown: (key: Key) => boolean,
): string {
  const counts = new Map<string, number>()
  for (const one of keys) {
    if (one.separator === '' || !isKnown(one)) continue
    const kind = kindOf(one.separator)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  let best = ' '
  for (const [kind, count] of counts)
    if (count > (counts.get(best) ?? 0)) best = kind
  return best
}

/** One blank is as good as several. */
function kindOf(separator: string): string {
  const isTab = separator.includes('\t') && separator.trim() === ''
  return isTab ? '\t' : separator.replace(/\s+/, ' ')
}
