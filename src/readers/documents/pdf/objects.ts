// Finds dictionaries of actions and streams in the text of a PDF.
// ISO 32000-1: 7.3.4 (strings), 7.3.8 (streams), table 198 (kinds of action).

export interface PdfStream {
  readonly at: number
  readonly dictionary: string
  readonly from: number
  readonly to: number
}

export interface PdfAction {
  readonly kind: 'launch' | 'script' | 'uri' | 'other' | 'file'
  readonly name: string
  readonly text: string
  readonly at: number
  /** Of a script that is an object of its own: that object's number and generation. */
  readonly reference?: string
}

/** Of a dictionary, in bytes. */
const maxDictionary = 16 * 1024
/** Streams of one document. */
const maxStreams = 20_000
/** Actions of one document. */
const maxActions = 5_000

/** `told` hears what a bound cuts, in words. */
export function* streamsIn(
  text: string,
  told: (cut: string) => void,
): Generator<PdfStream> {
  let at = 0
  for (let i = 0; ; i++) {
    const mark = text.indexOf('stream', at)
    if (mark < 0) return
    if (i >= maxStreams) {
      told(`over ${maxStreams} streams; the rest was not looked at`)
      return
    }
    at = mark + 6
    if (text.startsWith('end', mark - 3)) continue
    const after = text.startsWith('\r\n', at) ? at + 2 : at + 1
    const head = text.slice(Math.max(0, mark - maxDictionary), mark)
    const open = head.lastIndexOf(' obj')
    const dictionary = decodeNames(
      open < 0 ? head.slice(-512) : head.slice(open),
    )
    const end = text.indexOf('endstream', after)
    const to = end < 0 ? text.length : end
    yield { at: mark, dictionary, from: after, to }
    at = to
  }
}

const kinds: Readonly<Record<string, PdfAction['kind']>> = {
  Launch: 'launch',
  JavaScript: 'script',
  URI: 'uri',
  GoToR: 'other',
  GoToE: 'other',
  SubmitForm: 'other',
  ImportData: 'other',
  RichMediaExecute: 'other',
}

export function* actionsIn(
  written: string,
  told: (cut: string) => void,
): Generator<PdfAction> {
  // A name may be written with any of its characters as `#4c`.
  const text = written.includes('#') ? decodeNames(written) : written
  const marks =
    /\/S\s*\/(Launch|JavaScript|URI|GoToR|GoToE|SubmitForm|ImportData|RichMediaExecute)\b|\/(EF)\s*<<|\/(OpenAction|AA)\b/g
  let found = 0
  for (let m = marks.exec(text); m; m = marks.exec(text)) {
    if (++found > maxActions) {
      told(`over ${maxActions} actions; the rest was not looked at`)
      return
    }
    const near = around(text, m.index)
    if (m[2]) {
      const name =
        stringAt(near, /\/UF\s*(?=[(<](?!<))/) ||
        stringAt(near, /\/F\s*(?=[(<](?!<))/)
      if (name) yield { kind: 'file', name: 'file', text: name, at: m.index }
    } else if (m[3]) {
      yield { kind: 'script', name: m[3], text: '', at: m.index }
    } else {
      const name = m[1]!
      const reference =
        name === 'JavaScript' ? scriptReference(near) : undefined
      yield {
        ...{ kind: kinds[name]!, name, text: textOf(name, near), at: m.index },
        ...(reference && { reference }),
      }
    }
  }
}

function scriptReference(near: string): string | undefined {
  const [, number, generation] =
    /\/JS\s+(\d{1,10})\s+(\d{1,5})\s+R/.exec(near) ?? []
  return number && `${number} ${generation}`
}

/** The object that a stream is: its number and generation. */
export function numberOf(text: string, { at }: PdfStream): string | undefined {
  const head = text.slice(Math.max(0, at - maxDictionary), at)
  const end = head.lastIndexOf(' obj')
  const [, number, generation] =
    /(\d{1,10})\s+(\d{1,5})$/.exec(
      head.slice(Math.max(0, end - 32), Math.max(0, end)),
    ) ?? []
  return number && `${number} ${generation}`
}

/** What a script says once its pieces are put together: `app['launch'+'URL']` is `app.launchURL`. */
export function plainScript(written: string): string {
  return written
    .replaceAll(/(['"])\s{0,64}\+\s{0,64}\1/g, '')
    .replaceAll(/\[\s{0,64}(['"])([A-Za-z_]\w{0,63})\1\s{0,64}\]/g, '.$2')
}

/** The dictionary in which a place stands, with those in it. */
function around(text: string, at: number): string {
  let from = at
  for (let depth = 0; from > 0 && at - from < maxDictionary / 4; from--) {
    if (text.startsWith('>>', from)) depth++
    else if (text.startsWith('<<', from) && depth-- === 0) break
  }
  const limit = Math.min(text.length, at + maxDictionary / 4)
  let to = at
  for (let depth = 0; to < limit; to++) {
    if (text.startsWith('<<', to)) {
      depth++
      to++
    } else if (text[to] === '(' || text[to] === '<') {
      // What closes a dictionary closes none within a string.
      to = stringEnd(text, to, limit)
    } else if (text.startsWith('>>', to)) {
      if (depth-- === 0) break
      to++
    }
  }
  return text.slice(from, to)
}

/** Where a string that begins here ends: its last character, or the limit. */
function stringEnd(text: string, from: number, limit: number): number {
  if (text[from] === '<') {
    const end = text.slice(from, limit).indexOf('>')
    return end < 0 ? limit : from + end
  }
  for (let at = from, depth = 0; at < limit; at++) {
    const c = text[at]
    if (c === '\\') at++
    else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return at
  }
  return limit
}

function textOf(name: string, near: string): string {
  switch (name) {
    case 'JavaScript':
      return stringAt(near, /\/JS\s*/)
    case 'URI':
      return stringAt(near, /\/URI\s*(?=[(<])/)
    default: {
      const file =
        stringAt(near, /\/UF\s*(?=[(<](?!<))/) ||
        stringAt(near, /\/F\s*(?=[(<](?!<))/)
      const parameters = stringAt(near, /\/P\s*(?=[(<](?!<))/)
      return [file, parameters].filter(Boolean).join(' ')
    }
  }
}

/** The string behind a key: `(text)` or `<hex>`. */
function stringAt(text: string, key: RegExp): string {
  const match = key.exec(text)
  if (!match) return ''
  const at = match.index + match[0].length
  if (text[at] === '<') return hexString(text.slice(at + 1, at + maxDictionary))
  return text[at] === '(' ? literal(text, at + 1) : ''
}

function hexString(text: string): string {
  const digits = text
    .slice(0, Math.max(0, text.indexOf('>')))
    .replaceAll(/\s/g, '')
  return /^[\da-f]*$/i.test(digits) ? decoded(Buffer.from(digits, 'hex')) : ''
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
}

function literal(text: string, from: number): string {
  let out = ''
  let depth = 0
  for (let i = from; i < text.length && out.length < maxDictionary; i++) {
    const c = text[i]!
    if (c === '\\') {
      const octal = /^[0-7]{1,3}/.exec(text.slice(i + 1, i + 4))?.[0]
      const next = text[i + 1] ?? ''
      out += octal
        ? String.fromCharCode(Number.parseInt(octal, 8))
        : (escapes[next] ?? next)
      i += octal?.length ?? 1
      continue
    }
    if (c === '(') depth++
    if (c === ')' && depth-- === 0) break
    out += c
  }
  return decoded(Buffer.from(out, 'latin1'))
}

/** 7.9.2.2: UTF-16 behind its mark. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return new TextDecoder('utf-16be').decode(bytes)
  }
  return bytes.toString('latin1')
}

function decodeNames(text: string): string {
  return text.replaceAll(/\/[A-Za-z#\d]*#[A-Za-z#\d]*/g, (name) =>
    name.replaceAll(/#([\da-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  )
}
