// Binary Word documents made by hand: for tests.
import { compoundOf, type CompoundParts } from './compound.ts'

export interface WordParts {
  readonly text: string
  readonly footnotes?: string
  readonly headers?: string
  readonly boxes?: string
  /** Characters from and to, deleted while changes were tracked; of a text in one piece. */
  readonly deleted?: readonly (readonly [number, number])[]
  /** Pieces in turn of one and of two bytes a character, each so many characters. */
  readonly pieceLength?: number
  readonly streams?: CompoundParts['streams']
  readonly classes?: CompoundParts['classes']
}

const headBytes = 1024

export function docOf(parts: WordParts): Buffer {
  const { word, table } = wordStreams(parts)
  return compoundOf({
    streams: { WordDocument: word, '1Table': table, ...parts.streams },
    classes: { '': '00020906-0000-0000-C000-000000000046', ...parts.classes },
  })
}

export function wordStreams({
  text,
  footnotes = '',
  headers = '',
  boxes = '',
  deleted = [],
  pieceLength,
}: WordParts): { word: Buffer; table: Buffer } {
  const stories = [text, footnotes, headers, '', '', '', boxes, '']
  const all = stories.join('')
  const pieces: { text: string; isWide: boolean }[] = []
  const step = pieceLength ?? all.length
  for (let at = 0, i = 0; at < all.length; at += step, i++)
    pieces.push({
      text: all.slice(at, at + step),
      isWide: pieceLength === undefined ? false : i % 2 === 1,
    })
  const head = Buffer.alloc(headBytes)
  head.writeUInt16LE(0xa5ec, 0)
  head.writeUInt16LE(0xc1, 2)
  head.writeUInt16LE(0x200, 10)
  head.writeUInt16LE(14, 32)
  head.writeUInt16LE(22, 62)
  stories.forEach((s, i) => {
    head.writeUInt32LE(s.length, 76 + i * 4)
  })
  head.writeUInt16LE(0x5d, 152)
  const bodies = pieces.map((p) =>
    Buffer.from(p.text, p.isWide ? 'utf16le' : 'latin1'),
  )
  const table = pieceTable(pieces, bodies)
  head.writeUInt32LE(0, 0x1a2)
  head.writeUInt32LE(table.length, 0x1a6)
  const text97 = Buffer.concat([head, ...bodies])
  if (deleted.length === 0) return { word: text97, table }
  const at = Math.ceil(text97.length / pageBytes)
  head.writeUInt32LE(table.length, 0xfa)
  head.writeUInt32LE(12, 0xfe)
  const pages = Buffer.alloc(12)
  pages.writeUInt32LE(headBytes, 0)
  pages.writeUInt32LE(text97.length, 4)
  pages.writeUInt32LE(at, 8)
  const word = Buffer.alloc((at + 1) * pageBytes)
  Buffer.concat([head, ...bodies]).copy(word)
  pageOf(deleted, all.length).copy(word, at * pageBytes)
  return { word, table: Buffer.concat([table, pages]) }
}

const pageBytes = 512
const propertiesAt = 400

/** Properties of characters: of what is deleted sprmCFRMarkDel, behind another. */
function pageOf(
  deleted: readonly (readonly [number, number])[],
  length: number,
): Buffer {
  const page = Buffer.alloc(pageBytes)
  const ends = [...new Set([0, ...deleted.flat(), length])].sort(
    (a, b) => a - b,
  )
  for (const [i, end] of ends.entries())
    page.writeUInt32LE(headBytes + end, i * 4)
  const runs = ends.length - 1
  Buffer.from('07434a1800000801', 'hex').copy(page, propertiesAt)
  for (let i = 0; i < runs; i++)
    if (deleted.some(([from]) => from === ends[i]))
      page[ends.length * 4 + i] = propertiesAt / 2
  page[pageBytes - 1] = runs
  return page
}

function pieceTable(
  pieces: readonly { text: string; isWide: boolean }[],
  bodies: readonly Buffer[],
): Buffer {
  const count = pieces.length
  const list = Buffer.alloc((count + 1) * 4 + count * 8)
  let character = 0
  let at = headBytes
  pieces.forEach(({ text, isWide }, i) => {
    character += text.length
    list.writeUInt32LE(character, (i + 1) * 4)
    const position = isWide ? at : ((at * 2) | 0x4000_0000) >>> 0
    list.writeUInt32LE(position, (count + 1) * 4 + i * 8 + 2)
    at += bodies[i]!.length
  })
  const head = Buffer.alloc(5)
  head[0] = 2
  head.writeUInt32LE(list.length, 1)
  return Buffer.concat([head, list])
}

/** A field as Word keeps it; the code may hold fields. */
export const docField = (code: string, result = '!Error') =>
  `\x13${code}\x14${result}\x15`
