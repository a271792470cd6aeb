// What does JSON text hold that JSON.parse would not give, or would give at too high a price? Names are counted before it is asked and
// compared with what came out: of two members of one name it keeps the last, and says nothing.

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b

/** Shorter text cannot cost much, whatever it holds, in bytes. */
const harmlessBytes = 64 * 1024
/** Of one record: its names and those of objects within it; no log has a tenth as many. */
export const maxNames = 16_384
/** Names, values, lists and objects of one text: some 60 MB of memory. */
export const maxTokens = 1_500_000

/** Text that is not parsed whole, and why. */
export class TooCostly extends Error {}

/**
 * How many names stand in text: a quotation mark and a colon, where blanks do not part them and no backslash precedes them. The same
 * number as `namesOf` gives of what was parsed, unless a name is lost or the text is written in an uncommon way.
 */
export function namesIn(text: Buffer, from: number, to: number): number {
  let count = 0
  // Every second byte is enough: it is one of the two, or none is.
  for (let i = from + 1; i < to; i += 2) {
    const c = text[i]!
    if (c === COLON) {
      if (text[i - 1] === QUOTE && text[i - 2] !== BACKSLASH) count++
    } else if (
      c === QUOTE &&
      text[i + 1] === COLON &&
      text[i - 1] !== BACKSLASH
    ) {
      count++
    }
  }
  return count
}

/** The same of JSON written in any way; looks at each string. */
export function countNames(text: Buffer, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) {
    if (text[i] === QUOTE) i = endOfString(text, i + 1, to)
    else if (text[i] === COLON) count++
  }
  return count
}

/** All names of a parsed value, at any depth. */
export function namesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  // A stack of its own: nesting is the text's.
  let open: object[] | undefined
  for (let now: object | undefined = value; now; now = open?.pop()) {
    if (Array.isArray(now)) {
      for (let i = 0; i < now.length; i++) {
        const item: unknown = now[i]
        if (typeof item === 'object' && item !== null) (open ??= []).push(item)
      }
      continue
    }
    for (const key in now) {
      count++
      const item = (now as Record<string, unknown>)[key]
      if (typeof item === 'object' && item !== null) (open ??= []).push(item)
    }
  }
  return count
}

/** Throws where parsing would cost more than any record is worth. */
export function checkCost(text: Buffer, from: number, to: number): void {
  if (to - from < harmlessBytes) return
  let tokens = 0
  // Of each list that is open, the names in its present item; of the outermost, those of the text.
  const names = [0]
  for (let i = from; i < to; i++) {
    const c = text[i]!
    if (c === QUOTE) {
      i = endOfString(text, i + 1, to)
      continue
    }
    if (c !== COMMA && c !== COLON && c < OPEN_LIST) continue
    if (c === COLON) {
      if (++names[names.length - 1]! > maxNames)
        throw new TooCostly(`more than ${maxNames} names in one object`)
    } else if (c === OPEN_LIST) names.push(0)
    else if (c === CLOSE_LIST) {
      if (names.length > 1) names.pop()
    } else if (c !== COMMA && c !== OPEN) continue
    else if (c === OPEN && names.length > 1 && isItem(text, i, from)) {
      names[names.length - 1] = 0
    }
    if (++tokens > maxTokens)
      throw new TooCostly(`more than ${maxTokens} names and values`)
  }
}

/** Whether the object that begins here is an item of a list, and not a member's value. */
function isItem(text: Buffer, at: number, from: number): boolean {
  let i = at - 1
  while (i > from && text[i]! <= 0x20) i--
  return text[i] !== COLON
}

/** The position of the closing quotation mark, or the end. */
function endOfString(text: Buffer, from: number, to: number): number {
  let i = from
  while (i < to && text[i] !== QUOTE) i += text[i] === BACKSLASH ? 2 : 1
  return i
}
