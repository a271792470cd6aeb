// The parts of a binary Word document's text (main text, headers, notes, boxes), with the byte of each character.
import type { Damage } from '../../../base/record.ts'

import { deletedIn, withoutDeleted } from './deleted.ts'
import type { FileInformation } from './file-information.ts'
import { byteOf, piecesOf } from './pieces.ts'

export interface StoryText {
  readonly name: string
  readonly text: string
  byteOf(character: number): number
}

export function storiesOf(
  stream: Buffer,
  table: Buffer,
  info: FileInformation,
  told: (damage: Damage) => void,
): readonly StoryText[] {
  const deleted = deletedIn(stream, table, info)
  const pieces = piecesOf(stream, table, info, told).map((piece) =>
    deleted.length ? withoutDeleted(piece, deleted) : piece,
  )
  const all = pieces.map((p) => p.text).join('')
  const stories: StoryText[] = []
  let first = 0
  for (const { name, length } of info.stories) {
    const start = first
    const text = all.slice(start, start + length)
    first += length
    if (text)
      stories.push({ name, text, byteOf: (at) => byteOf(pieces, start + at) })
  }
  // A head that lies about lengths does not hide text.
  const start = first
  if (all.length > start + 1)
    stories.push({
      name: 'rest',
      text: all.slice(start),
      byteOf: (at) => byteOf(pieces, start + at),
    })
  return stories
}
