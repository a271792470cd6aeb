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
      return Buffer.from(JSON.stringify(JSON.parse(body.toString())))
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d
const LF = 0x0a

/** Splunk's events lie one behind the other, with or without anything between: each becomes a line. */
function objectLines(body: Buffer): Buffer {
  const lines: Buffer[] = []
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
      lines.push(oneLine(body.subarray(start, i + 1)), newline)
    }
    if (depth < 0) throw new Error(`byte ${i}: a brace that closes nothing`)
  }
  if (depth !== 0 || inText) throw new Error('the last event is not whole')
  return Buffer.concat(lines)
}

const newline = Buffer.from('\n')

/** A break within an object stands between its members: in a text it would be written as \n. */
function oneLine(object: Buffer): Buffer {
  if (!object.includes(LF)) return object
  return Buffer.from(object.map((c) => (c === LF ? 0x20 : c)))
}

/** Elasticsearch, "Bulk API": the line behind `create` or `index` is an event; `delete` has none, `update` is none. */
function bulkSources(body: Buffer): Buffer {
  const lines: Buffer[] = []
  let expectsSource = false
  for (const line of splitLines(body)) {
    if (expectsSource) {
      lines.push(line, newline)
      expectsSource = false
      continue
    }
    const [action] = Object.keys(JSON.parse(line.toString()) as object)
    if (action === 'create' || action === 'index') expectsSource = true
    else if (action !== 'delete')
      throw new Error(`an action "${action}", expected create or index`)
  }
  if (expectsSource) throw new Error('the last action has no document')
  return Buffer.concat(lines)
}

function* splitLines(body: Buffer): Generator<Buffer> {
  for (let from = 0; from < body.length; ) {
    const at = body.indexOf(LF, from)
    const to = at < 0 ? body.length : at
    if (body.subarray(from, to).some((c) => c > 0x20))
      yield body.subarray(from, to)
    from = to + 1
  }
}
