// The text of a binary Word document. It lies in pieces, each of one byte or of two bytes a character (MS-DOC 2.8.35).
import type { Damage } from '../../../base/record.ts'

import { Cursor, u16At, u32At } from '../binary/cursor.ts'
import { windows1252 } from '../binary/windows-1252.ts'

import type { FileInformation } from './file-information.ts'

export interface Piece {
  /** Character position of its first. */
  readonly first: number
  /** Byte of its first character in the stream of text. */
  readonly at: number
  readonly bytesEach: 1 | 2
  readonly text: string
}

const maxPieces = 1_000_000
const bytesOfPiece = 8
/** Bit of a position that says one byte a character (2.9.73). */
const isCompressed = 0x4000_0000

export function piecesOf(
  text: Buffer,
  table: Buffer,
  info: FileInformation,
  told: (damage: Damage) => void,
): readonly Piece[] {
  const list = pieceList(info.version === 'word6' ? text : table, info)
  if (list) return listed(text, list, told)
  if (info.version === 'word97' || info.isComplex) {
    told({
      what: 'word document',
      offset: info.pieces.at,
      message: 'it has no list of pieces; its text was read as one',
    })
  }
  const end = Math.min(info.lastText, text.length)
  const bytes = text.subarray(Math.min(info.firstText, end), end)
  return [
    { first: 0, at: info.firstText, bytesEach: 1, text: windows1252(bytes) },
  ]
}

function pieceList(table: Buffer, info: FileInformation): Buffer | undefined {
  if (info.version === 'word6' && !info.isComplex) return undefined
  const cursor = new Cursor(table, info.pieces.at)
  const end = info.pieces.at + info.pieces.length
  while (cursor.at < end && !cursor.short) {
    const kind = cursor.u8()
    if (kind === 1) cursor.skip(cursor.u16())
    else if (kind === 2) return cursor.take(cursor.u32())
    else return undefined
  }
  return undefined
}

function listed(
  text: Buffer,
  list: Buffer,
  told: (damage: Damage) => void,
): Piece[] {
  const count = Math.max(0, Math.floor((list.length - 4) / (4 + bytesOfPiece)))
  const pieces: Piece[] = []
  // Pieces do not share text, so all of them are no longer than the stream; some programs repeat a little.
  let budget = 2 * text.length
  for (let i = 0; i < Math.min(count, maxPieces) && budget > 0; i++) {
    const first = u32At(list, i * 4)
    const length = Math.max(0, u32At(list, i * 4 + 4) - first)
    const position = u32At(list, (count + 1) * 4 + i * bytesOfPiece + 2)
    const bytesEach = position & isCompressed ? 1 : 2
    const at =
      bytesEach === 1
        ? (position & ~isCompressed & 0x3fff_ffff) / 2
        : position & 0x3fff_ffff
    const end = Math.min(at + length * bytesEach, text.length)
    const bytes = text.subarray(Math.min(at, end), end)
    budget -= bytes.length
    const decoded =
      bytesEach === 1 ? windows1252(bytes) : bytes.toString('utf16le')
    pieces.push({ first, at, bytesEach, text: decoded })
  }
  if (budget <= 0) {
    told({
      what: 'word document',
      offset: 0,
      message: 'its pieces are longer than its text; the rest was not read',
    })
  }
  return pieces
}

/** Byte in the stream of text where the character is. */
export function byteOf(pieces: readonly Piece[], character: number): number {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (pieces[middle]!.first <= character) low = middle
    else high = middle - 1
  }
  const piece = pieces[low]
  return piece ? piece.at + (character - piece.first) * piece.bytesEach : 0
}

/** A string table (2.2.4): the second of SttbfAssoc is the template. */
export function templateName(table: Buffer, info: FileInformation): string {
  const { at, length } = info.names
  if (length < 6 || u16At(table, at) !== 0xffff) return ''
  const cursor = new Cursor(table.subarray(at, at + length), 2)
  const count = cursor.u16()
  cursor.skip(2)
  for (let i = 0; i < Math.min(count, 2) && !cursor.short; i++) {
    const text = cursor.take(cursor.u16() * 2).toString('utf16le')
    if (i === 1) return text
  }
  return ''
}
