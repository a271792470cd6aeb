// What forwarders send, as lines that readers know: one JSON object a line, or text as it is. Nothing is interpreted here but how the
// objects lie in the body.

export type Shape = 'lines' | 'objects' | 'bulk' | 'document'

/** By the path that forwarders of each kind are made to write to. */
const shapes: readonly (readonly [RegExp, Shape])[] = [
  [/^\/services\/collector(?:\/event)?(?:\/1\.0)?\/?$/, 'objects'],
  [/^\/services\/collector\/raw(?:\/1\.0)?\/?$/, 'lines'],
  [/^\/(?:[^/]{1,255}\/)?_bulk\/?$/, 'bulk'],
  [/^\/v1\/logs\/?$/, 'document'],
  [/^\/$/, 'lines'],
  [/^\/(?:events|ingest|in)\/?$/, 'lines'],
]

/** undefined: nobody is meant to write there. */
export function shapeOf(path: string): Shape | undefined {
  return shapes.find(([pattern]) => pattern.test(path))?.[1]
}

/** Throws an error for the sender where the body is not of its shape. */
export function linesOf(shape: Shape, body: Buffer): Buffer {
  switch (shape) {
    case 'lines':
      return body
    case 'objects':
      return objectLines(body)
    case 'bulk':
      return bulkSources(body)
    case 'document':
      return documentLine(body)
  }
}

/** Its text is not made into an object here: that would take many times its bytes. */
function documentLine(body: Buffer): Buffer {
  const lines = objectLines(body)
  if (lines.length === 0) throw new Error('no object in it')
  return lines
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d
const LF = 0x0a

/** Splunk's events lie one behind the other, with or without anything between: each becomes a line. */
function objectLines(body: Buffer): Buffer {
  // Of the smallest objects three bytes are made of two.
  const lines = Buffer.allocUnsafe(body.length + (body.length >> 1) + 1)
  let written = 0
  let depth = 0
  let start = -1
  let inText = false
  for (let i = 0; i < body.length; i++) {
    const c = body[i]!
    if (inText) {
      if (c === BACKSLASH) i++
      else if (c === QUOTE) inText = false
    } else if (c === QUOTE) inText = true
    else if (c === OPEN) {
      if (depth++ === 0) start = i
    } else if (c === CLOSE && --depth === 0) {
      written = addLine(lines, written, body.subarray(start, i + 1))
    }
    if (depth < 0) throw new Error(`byte ${i}: a brace that closes nothing`)
  }
  if (depth !== 0 || inText) throw new Error('the last event is not whole')
  return lines.subarray(0, written)
}

/** A break within an object stands between its members: in a text it would be written as \n. */
function addLine(lines: Buffer, at: number, object: Buffer): number {
  const end = at + object.copy(lines, at)
  for (let i = lines.indexOf(LF, at); i >= 0 && i < end; ) {
    lines[i] = 0x20
    i = lines.indexOf(LF, i + 1)
  }
  lines[end] = LF
  return end + 1
}

/** Of a request; forwarders send some thousand. */
const maxDocuments = 100_000
/** Of the line that says what is to be done with a document, in bytes. */
const maxActionBytes = 64 * 1024

/** Elasticsearch, "Bulk API": the line behind `create` or `index` is an event; `delete` has none, `update` is none. */
function bulkSources(body: Buffer): Buffer {
  const lines = Buffer.allocUnsafe(body.length + 1)
  let written = 0
  let documents = 0
  let expectsSource = false
  let last: Buffer = Buffer.alloc(0)
  for (const line of splitLines(body)) {
    if (expectsSource) {
      written = addLine(lines, written, line)
      expectsSource = false
      if (++documents > maxDocuments)
        throw new Error(`over ${maxDocuments} documents in one request`)
    } else {
      expectsSource = last.equals(line) || hasSource(line)
      if (expectsSource) last = line
    }
  }
  if (expectsSource) throw new Error('the last action has no document')
  return lines.subarray(0, written)
}

function hasSource(line: Buffer): boolean {
  if (line.length > maxActionBytes)
    throw new Error(`an action of over ${maxActionBytes} bytes`)
  const [action] = Object.keys(JSON.parse(line.toString()) as object)
  if (action === 'create' || action === 'index') return true
  if (action === 'delete') return false
  throw new Error(`an action "${action}", expected create or index`)
}

function* splitLines(body: Buffer): Generator<Buffer> {
  for (let from = 0; from < body.length; ) {
    const at = body.indexOf(LF, from)
    const to = at < 0 ? body.length : at
    if (!isBlank(body, from, to)) yield body.subarray(from, to)
    from = to + 1
  }
}

function isBlank(body: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (body[i]! > 0x20) return false
  return true
}
