// Does a source hold JSON, and is it one object a line?

/** Lines of the beginning that are tried. */
const maxTriedLines = 16
/** A text before the object, as syslog writes it, in bytes. */
export const maxLinePrefixBytes = 512

const LF = 0x0a
const CR = 0x0d
const ESCAPE = 0x1b
const QUOTE = 0x22
const OPEN = 0x7b
const OPEN_LIST = 0x5b
const CLOSE = 0x7d
const CLOSE_LIST = 0x5d

/** 2: begins as JSON or has lines that are; 1: begins with a brace. */
export function looksLikeJson(head: Buffer): 0 | 1 | 2 {
  const at = skipBlank(head, 0)
  if (at >= head.length) return 0
  const c = head[at]
  if (c === OPEN || c === OPEN_LIST) {
    const next = head[skipBlank(head, at + 1)]
    if (next === undefined) return 1
    if (next === QUOTE || (c === OPEN && next === CLOSE)) {
      return c === OPEN ? 2 : 1
    }
    if (c === OPEN && isEscaped(head, at)) return 2
    if (c === OPEN) return 0
    if (next === OPEN || next === CLOSE_LIST) return 2
    const text = head.toString('latin1', at, at + toldBytes)
    return listInList.test(text) || hasObjectLine(head) ? 2 : 0
  }
  return isEncodedAgain(head, at) || hasObjectLine(head) ? 2 : 0
}

/** Of the beginning of a list that tells whether it holds rows, in bytes. */
const toldBytes = 512
/** Names of columns, or a time before a record: `[["a", "b"], …`, `[[1767323045.1, {…`, `[1767323045, {…`. */
const listInList =
  /^\[\s*(?:\[\s*\{\s*"|\[\s*"(?:[^"\\\n]|\\.){1,256}"\s*,|(?:\[\s*){0,2}\d+(?:\.\d+)?(?:[eE]\+?\d+)?\s*,\s*\{)/

/** Does a list begin here that a forwarder made of one record, or of a tag and its records, or one of the members of an object? */
export function beginsAsForwarded(head: Buffer): boolean {
  const at = skipBlank(head, 0)
  const text = head.toString('latin1', at, at + toldBytes)
  return oneForwarded.test(text) || listOfPairs.test(text)
}

/** An object as a list of its members: `to_entries` of jq. */
const listOfPairs =
  /^\[\s*\{\s*"(?:key|name|field|Name)"\s*:\s*"(?:[^"\\\n]|\\.){1,128}"\s*,\s*"[vV]alue"\s*:/

const oneForwarded =
  /^\[\s*(?:\d+(?:\.\d+)?(?:[eE]\+?\d+)?\s*,\s*\{|\[\s*\d[\d.eE+]*\s*,\s*\{[^{}]*\}\s*\]\s*,\s*\{|"(?:[^"\\\n]|\\.){1,256}"\s*,\s*(?:\d[\d.eE+]*\s*,\s*\{|\[\s*\d[\d.eE+]*\s*,\s*\{|\[\s*\[))/

/** A JSON string that holds JSON, encoded once or more: `"{\"a\":1}"`. Quotes in cells of a table are doubled instead. */
export function isEncodedAgain(head: Buffer, at: number): boolean {
  if (head[at] !== QUOTE) return false
  const text = head.toString('latin1', at, at + toldBytes)
  if (encodedJson.test(text)) return true
  return /^"<Event[\s>]/.test(text) && isTextOfXml(head, at)
}

const encodedJson =
  /^"[\\"]{0,62}[[{](?:\s|\\{1,31}[nrt]|[[{])*(?:\\{1,31}"|\\{1,31}u0022)/

/** Is the line a string of JSON, with an escape that no other text has? */
function isTextOfXml(head: Buffer, at: number): boolean {
  const lineEnd = head.indexOf(LF, at)
  const line = head.toString('utf8', at, lineEnd < 0 ? head.length : lineEnd)
  return /\\["\\]/.test(line) && typeof parsed(line.trim()) === 'string'
}

/** An object whose quotes are escaped, though nothing quotes it: `{\"a\":1}`. */
export function isEscaped(head: Buffer, at: number): boolean {
  return /^\{\s{0,64}\\{1,31}"/.test(
    head.toString('latin1', at, at + toldBytes),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Is any of the first lines a whole object, perhaps after a short prefix? The last line of `head` may be cut. */
function hasObjectLine(head: Buffer): boolean {
  let from = 0
  for (let n = 0; n < maxTriedLines; n++) {
    const at = head.indexOf(LF, from)
    const end = at < 0 ? head.length : at
    const start = objectStart(head, from, end)
    if (start >= 0 && isObjectBehind(head, from, start, end)) return true
    if (opensDocument(head, from)) return true
    if (at < 0) return false
    from = at + 1
  }
  return false
}

/** What a list that the prefix opens closes behind the object: `[0] tag: [1767323045.1, {...}]`. */
export function withoutCloses(
  buffer: Buffer,
  to: number,
  prefix: string,
): number {
  let open = prefix.split('[').length - prefix.split(']').length
  let end = to
  while (open > 0 && buffer[end - 1] === CLOSE_LIST) {
    open--
    end--
  }
  return end
}

function isObjectBehind(
  head: Buffer,
  from: number,
  start: number,
  end: number,
): boolean {
  const prefix = head.toString('latin1', from, start)
  const last = head[end - 1] === CR ? end - 1 : end
  return isObject(head, start, withoutCloses(head, last, prefix))
}

/** Does pretty-printed JSON begin here, perhaps behind lines of a tool (`Record 1`, a banner, a prompt)? */
function opensDocument(head: Buffer, lineStart: number): boolean {
  const c = head[lineStart]
  if (c !== OPEN && c !== OPEN_LIST) return false
  const at = skipBlank(head, lineStart + 1)
  const next = head[at]
  if (c === OPEN) return next === QUOTE && head.indexOf(LF, lineStart) >= 0
  return next === OPEN && head[skipBlank(head, at + 1)] === QUOTE
}

/** Where the object of a line begins: at once, or after a prefix without braces. -1: nowhere. */
export function objectStart(
  buffer: Buffer,
  start: number,
  end: number,
): number {
  const most = Math.min(end - 1, start + maxLinePrefixBytes)
  for (let i = start; i < most; i++) {
    if (buffer[i] === OPEN) {
      return buffer[i + 1] === QUOTE || buffer[i + 1] === 0x20 ? i : -1
    }
  }
  return -1
}

/** Blanks, line breaks, NULs and a byte-order mark; not what begins a colour of a terminal. */
export function skipBlank(buffer: Buffer, from: number): number {
  let i = from
  for (; i < buffer.length; i++) {
    const c = buffer[i]!
    if (c > 0x20 && c !== 0xef && c !== 0xbb && c !== 0xbf) break
    if (c === ESCAPE) break
  }
  return i
}

/** From its first byte on, blanks apart. */
export function beginsAsJson(head: Buffer): boolean {
  const c = head[skipBlank(head, 0)]
  return c === OPEN || c === OPEN_LIST
}

export type Framing = 'lines' | 'document'

/** So much of a source decides its framing at most, in bytes, whatever the blocks in which it comes. */
const framingBytes = 64 * 1024
/** A first line longer than this is none. */
const maxFirstLineBytes = 1024 * 1024

/**
 * How the objects of a source lie in it; undefined: more of it is needed. Lines can be cut anywhere between, so they
 * are preferred wherever one line is an object.
 */
export function framingOf(source: Buffer, isAll: boolean): Framing | undefined {
  const head = source.subarray(0, maxFirstLineBytes)
  const at = skipBlank(head, 0)
  if (at >= head.length) return isAll ? 'lines' : undefined
  if (head[at] === OPEN_LIST) return framingOfLists(head, at, isAll)
  if (head[at] !== OPEN) return 'lines'
  const lineEnd = head.indexOf(LF, at)
  if (lineEnd < 0) {
    return isAll || head.length >= maxFirstLineBytes ? 'document' : undefined
  }
  if (isObject(head, at, lineEnd)) return 'lines'
  if (!isAll && head.length < framingBytes) return undefined
  if (hasWholeLine(head.subarray(at, framingBytes))) return 'lines'
  let last = lineEnd - 1
  while (last > at && head[last]! <= 0x20) last--
  // A line that ends as objects end was meant as one.
  return head[last] === CLOSE && last > at ? 'lines' : 'document'
}

/**
 * Lists are lines where the first is one of rows or of what a forwarder sends, alone or before another, or where it only begins a line of text
 * (`[0] tag: …`); else they are what is around the objects.
 */
function framingOfLists(
  head: Buffer,
  at: number,
  isAll: boolean,
): Framing | undefined {
  const next = head[skipBlank(head, at + 1)]
  if (next === OPEN || next === CLOSE_LIST) return 'document'
  const lineEnd = head.indexOf(LF, at)
  if (lineEnd < 0 && !isAll) {
    return head.length >= maxFirstLineBytes ? 'document' : undefined
  }
  const end = lineEnd < 0 ? head.length : lineEnd
  const list = parsed(head.toString('utf8', at, end).trim())
  if (!Array.isArray(list)) {
    const isText = next !== QUOTE && next !== OPEN_LIST
    return isText && hasObjectLine(head) ? 'lines' : 'document'
  }
  const behind = head[skipBlank(head, end)]
  if (behind === undefined && !isAll && head.length < framingBytes) {
    return undefined
  }
  const isAlone =
    behind === undefined && list.some((v) => typeof v !== 'string')
  return behind === OPEN_LIST || isAlone ? 'lines' : 'document'
}

/** Is one of the first lines an object from its first byte on? In pretty-printed text such lines are indented. */
function hasWholeLine(head: Buffer): boolean {
  let from = 0
  for (let n = 0; n < maxTriedLines; n++) {
    const end = head.indexOf(LF, from)
    if (end < 0) return false
    if (head[from] === OPEN && isObject(head, from, end)) return true
    from = end + 1
  }
  return false
}

function isObject(buffer: Buffer, start: number, end: number): boolean {
  return parsed(buffer.toString('utf8', start, end)) !== undefined
}
