// Looks for actions and embedded files in the objects of a PDF, wherever they stand: also in streams of objects. The
// cross-reference table is not followed, because it may lie.
// ISO 32000-1: 7.3 (objects), 7.5.7 (object streams), 7.11.4 (embedded files), 12.6.4 (kinds of action).
import { inflateSync } from 'node:zlib'

import type { ReaderOptions } from '../../reader.ts'
import { ItemWriter } from '../item.ts'
import { foreignIn } from './foreign.ts'
import {
  type PdfAction,
  actionsIn,
  numberOf,
  plainScript,
  type PdfStream,
  streamsIn,
} from './objects.ts'

/** Of one inflated stream, in bytes. */
const maxStreamBytes = 16 * 1024 * 1024
/** Of all of them. */
const maxInflated = 128 * 1024 * 1024

export async function readPdf(
  bytes: Buffer,
  options: ReaderOptions,
): Promise<void> {
  const writer = new ItemWriter('pdf', options)
  const text = bytes.toString('latin1')
  sayEncrypted(text, writer)
  const names: string[] = []
  const scripts = new Map<string, PdfAction>()
  const cut = (what: string) => writer.bound(what, '')
  const streams = new Streams(bytes, writer)
  const tell = (source: string, offset: number) => {
    for (const action of actionsIn(source, cut)) {
      if (action.kind === 'file') names.push(action.text)
      else if (action.reference) scripts.set(action.reference, action)
      else addAction(writer, action, offset + action.at)
    }
  }
  tell(text, 0)
  const files: PdfStream[] = []
  for (const stream of streamsIn(text, cut)) {
    if (/\/Type\s*\/EmbeddedFile\b/.test(stream.dictionary)) files.push(stream)
    const own = scripts.size ? numberOf(text, stream) : undefined
    const script = own && scripts.get(own)
    if (script) {
      const said = streams.read(stream)?.toString('latin1') ?? ''
      scripts.delete(own)
      addAction(writer, { ...script, text: said }, stream.at)
    }
    if (!/\/Type\s*\/ObjStm\b/.test(stream.dictionary)) continue
    const inner = streams.read(stream)
    if (inner) tell(inner.toString('latin1'), 0)
  }
  for (const [i, stream] of files.entries()) {
    const fileName = names[i] ?? `file ${i + 1}`
    const said = `embedded file ${fileName}`
    writer.add({ kind: 'attachment', offset: stream.at, text: said, fileName })
    const file = streams.read(stream)
    if (file) await writer.inside(fileName, file)
  }
  streams.end()
  // Those whose object was not found.
  for (const script of scripts.values()) addAction(writer, script, 0)
  for (const fileName of names.slice(files.length))
    writer.add({ kind: 'attachment', text: `file ${fileName}`, fileName })
  await readForeign(text, bytes, files, writer)
}

/** What was read as a file of the PDF is not read again. */
async function readForeign(
  text: string,
  bytes: Buffer,
  files: readonly PdfStream[],
  writer: ItemWriter,
): Promise<void> {
  const foreign = foreignIn(text, (at) =>
    files.some(({ from, to }) => at >= from && at < to),
  )
  if (foreign) await writer.inside(foreign.what, bytes.subarray(foreign.at))
  else sayEmpty(text, writer)
}

/** Inflates streams while there is room for more. */
class Streams {
  readonly #bytes: Buffer
  readonly #writer: ItemWriter
  #left = maxInflated
  #unread = 0

  constructor(bytes: Buffer, writer: ItemWriter) {
    this.#bytes = bytes
    this.#writer = writer
  }

  read(stream: PdfStream): Buffer | undefined {
    if (this.#left <= 0) {
      this.#unread++
      return undefined
    }
    const inner = inflated(this.#bytes, stream, this.#writer)
    this.#left -= inner?.length ?? 0
    return inner
  }

  end(): void {
    if (this.#unread === 0) return
    this.#writer.bound(
      `${this.#unread} streams were not read, over ${maxInflated} bytes of others`,
      '',
    )
  }
}

/** A beginning alone makes no PDF. */
function sayEmpty(text: string, writer: ItemWriter) {
  if (/\bobj\b/.test(text)) return
  writer.options.notInspected?.(
    'a PDF without objects: what else it is, was not looked at',
  )
}

function sayEncrypted(text: string, writer: ItemWriter) {
  if (/\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(text)) {
    writer.add({
      kind: 'encrypted',
      text: 'encrypted; texts and files in it are not inspected',
    })
    writer.damaged('encrypted, texts and files in it were not inspected', '')
  }
}

function addAction(writer: ItemWriter, action: PdfAction, offset: number) {
  const { kind, name } = action
  const text = kind === 'script' ? plainScript(action.text) : action.text
  writer.add({
    kind: kind === 'uri' ? 'link' : 'action',
    offset,
    text: `${name} ${text}`.trim(),
    relation: name,
    ...(text !== action.text && {
      source: `${name} ${action.text}`,
      obfuscation: ['concatenation'],
    }),
    ...(kind !== 'script' && text && { target: text, targetMode: 'external' }),
  })
}

function inflated(
  bytes: Buffer,
  stream: PdfStream,
  writer: ItemWriter,
): Buffer | undefined {
  const data = bytes.subarray(stream.from, stream.to)
  if (!/\/FlateDecode\b|\/Fl\b/.test(stream.dictionary)) return data
  try {
    return inflateSync(data, {
      maxOutputLength: maxStreamBytes,
      finishFlush: 2,
    })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      const large = `a stream gives over ${maxStreamBytes} bytes; it was not read`
      writer.bound(large, 'stream', stream.at)
    } else {
      const broken = `a stream cannot be inflated: ${message}`
      writer.damaged(broken, 'stream', stream.at)
    }
    return undefined
  }
}
