// A binary Word document (.doc, .dot; MS-DOC), wherever in a compound file it stands: its fields and its template.
import { tellEncrypted } from '../encryption/encrypted-item.ts'
import { streamCipher } from '../encryption/stream-cipher.ts'
import { FieldStory } from '../fields/story.ts'
import { decryptWord, unmaskWord } from '../word-binary/decrypt.ts'
import {
  type FileInformation,
  fileInformation,
} from '../word-binary/file-information.ts'
import { templateName } from '../word-binary/pieces.ts'
import { readFields } from '../word-binary/read-text.ts'
import { storiesOf } from '../word-binary/text.ts'

import { beside, type OpenedCompound } from './opened.ts'

export function readWord(opened: OpenedCompound, path: string): void {
  const { file, writer } = opened
  const stream = file.read(path)
  const info = fileInformation(stream)
  if (!info) {
    writer.damaged('it does not begin as a Word document', path)
    return
  }
  const table = file.read(beside(path, info.tableStream))
  if (!info.isEncrypted) {
    readPlain(opened, path, { stream, table, info })
    return
  }
  const plain = decrypted(opened, { stream, table, info })
  tellEncrypted(writer, path, plain !== undefined)
  // Of the head itself only the beginning was readable.
  const whole = plain && fileInformation(plain.stream)
  if (whole) readPlain(opened, path, { ...plain, info: whole })
}

interface WordStreams {
  readonly stream: Buffer
  readonly table: Buffer
  readonly info: FileInformation
}

function readPlain(
  { file, writer }: OpenedCompound,
  path: string,
  { stream, table, info }: WordStreams,
): void {
  const stories = storiesOf(stream, table, info, ({ message, offset }) =>
    writer.damaged(message, path, offset),
  )
  const fields = new FieldStory()
  readFields(stories, fields, path, (at) => file.offsetOf(stream, at))
  fields.tell(writer)
  const template = templateName(table, info)
  if (/[\\/]/.test(template))
    writer.add({
      kind: 'relation',
      part: path,
      relation: 'attachedTemplate',
      text: template,
      target: template,
      targetMode: 'external',
    })
}

function decrypted({ passwords }: OpenedCompound, streams: WordStreams) {
  const { stream, table, info } = streams
  if (info.isObfuscated) return unmaskWord(stream, table, info.key, passwords)
  const cipher = streamCipher(table, passwords)
  return cipher && decryptWord(stream, table, cipher)
}
