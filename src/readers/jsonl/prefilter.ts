// May a line be skipped unparsed? Where it is a flat Windows event beyond doubt, and no rule wants its event id. Sound by
// these facts of JSON: within a string every quote has a backslash before it, so `"EventID":` without one is a member's
// name; and an object begins only after a colon, a bracket or a comma, so a line without such a brace is flat.

// Names without their first quote: it is the most frequent byte of all, and looking for it first takes four times longer.

/** The members that make a line one of NXLog's, whatever else it has (dialects/nxlog.ts). */
const nxlogMarks = ['SourceName":', 'SourceModuleType":'].map((m) =>
  Buffer.from(m),
)
const NAME = Buffer.from('EventID"')
const UNICODE_ESCAPE = Buffer.from('\\u00')

const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

/** Longer ids are no ids. */
const maxDigits = 10

/** The event id as decimal text; undefined where the line has to be parsed to know. */
export function flatEventId(line: Buffer): string | undefined {
  if (line[line.length - 1] !== CLOSE) return undefined
  const name = line.indexOf(NAME)
  if (!beginsName(line, name)) return undefined
  const id = idBehind(line, name + NAME.length)
  if (id === undefined) return undefined
  if (line.indexOf(NAME, name + NAME.length) >= 0) return undefined
  for (const mark of nxlogMarks) {
    if (!beginsName(line, line.indexOf(mark))) return undefined
  }
  return isFlat(line) && !hidesLetters(line) ? id : undefined
}

function beginsName(line: Buffer, at: number): boolean {
  return at > 1 && line[at - 1] === QUOTE && line[at - 2] !== BACKSLASH
}

/** `:1,`, `: 1}` or `:"1"`. */
function idBehind(line: Buffer, from: number): string | undefined {
  let at = from
  if (line[at++] !== COLON) return undefined
  if (line[at] === SPACE) at++
  const isText = line[at] === QUOTE
  if (isText) at++
  const start = at
  let id = 0
  for (let c = line[at]!; c >= ZERO && c <= NINE; c = line[++at]!) {
    id = id * 10 + c - ZERO
  }
  const digits = at - start
  if (digits < 1 || digits > maxDigits) return undefined
  if (digits > 1 && line[start] === ZERO) return undefined
  if (isText && line[at++] !== QUOTE) return undefined
  if (line[at] !== COMMA && line[at] !== CLOSE) return undefined
  return printId(id)
}

/** Ids that are kept as text. */
const maxKeptIds = 65_536
const keptIds: string[] = []

function printId(id: number): string {
  if (id >= maxKeptIds) return String(id)
  keptIds[id] ??= String(id)
  return keptIds[id]
}

function isFlat(line: Buffer): boolean {
  let at = line.indexOf(OPEN, 1)
  for (; at >= 0; at = line.indexOf(OPEN, at + 1)) {
    let before = at - 1
    while (before > 0 && line[before]! <= SPACE) before--
    const c = line[before]
    if (c === OPEN_LIST || c === COMMA) return false
    if (c !== COLON) continue
    before--
    while (before > 0 && line[before]! <= SPACE) before--
    // Within a string the quote would have a backslash before it, but so has the end of a name that ends in one.
    if (line[before] === QUOTE) return false
  }
  return true
}

/** `"Event\u0049D"` is the same name. Nobody writes letters so but to hide them. */
function hidesLetters(line: Buffer): boolean {
  let at = line.indexOf(UNICODE_ESCAPE)
  for (; at >= 0; at = line.indexOf(UNICODE_ESCAPE, at + 1)) {
    const high = line[at + UNICODE_ESCAPE.length]!
    if (high >= 0x34 && high <= 0x37) return true
  }
  return false
}

const hostName = Buffer.from('"Hostname":')

/** The hosts of lines that are skipped: neighbours are mostly of one, which is looked for as it stands. */
export class LineHosts {
  #last: Buffer | undefined

  /** undefined: it is that of the line before, or is not told plainly. */
  otherHost(line: Buffer): string | undefined {
    if (this.#last && line.includes(this.#last)) return undefined
    const at = line.indexOf(hostName)
    if (at < 0) return undefined
    let from = at + hostName.length
    while (line[from] === SPACE) from++
    const to = line[from] === QUOTE ? line.indexOf(QUOTE, from + 1) : -1
    const text = to < 0 ? '' : line.toString('utf8', from + 1, to)
    if (text === '' || text.includes('\\')) return undefined
    this.#last = Buffer.from(line.subarray(at, to + 1))
    return text
  }
}
