// What lies in a compound file? Each document in it is found by its stream, wherever it stands: an embedded one stands in a
// storage of its own.
import { baseName } from '../../../base/base-name.ts'
import type { ReaderOptions } from '../../reader.ts'
import { CompoundFile } from '../compound/compound-file.ts'
import { tellEncrypted } from '../encryption/encrypted-item.ts'
import { decryptPackage } from '../encryption/package.ts'
import { silentPasswords } from '../encryption/passwords.ts'
import type { DocumentFormat } from '../formats.ts'
import { ItemWriter } from '../item.ts'

import { readBook, readExcel } from './excel.ts'
import { readMacros } from './macros.ts'
import { aboutMessage, readOutlookMessage } from './message.ts'
import { readObjects } from './objects.ts'
import type { OpenedCompound } from './opened.ts'
import { readPowerPoint } from './powerpoint.ts'
import { readPublisher } from './publisher.ts'
import { readVisioDrawing } from './visio.ts'
import { readWord } from './word.ts'

export async function readCompound(
  bytes: Buffer,
  options: ReaderOptions,
): Promise<void> {
  const damages: string[] = []
  const told = ({ message }: { message: string }) => {
    if (damages.length < maxDamages) damages.push(message)
  }
  const file = CompoundFile.open(bytes, told)
  const format = file ? formatOf(file) : 'ole'
  const passwords = [...silentPasswords, ...(options.passwords ?? [])]
  const about = file && format === 'msg' ? aboutMessage(file) : ''
  const writer = new ItemWriter(format, options, about)
  if (file) await readAll({ file, writer, passwords })
  if (file && format === 'ole' && writer.items === 1 && damages.length === 0)
    options.notInspected?.(`compound file of unknown kind: ${namesOf(file)}`)
  for (const message of damages) writer.damaged(message, '')
}

/** Streams that are named. */
const maxNamed = 3

function namesOf({ entries }: CompoundFile): string {
  const streams = entries.filter((e) => e.kind === 'stream')
  const named = streams.slice(0, maxNamed).map((e) => e.path)
  const more = streams.length - named.length
  return `${named.join(', ') || 'no stream'}${more > 0 ? ` and ${more} more` : ''}`
}

/** Of one file that are told. */
const maxDamages = 64

export async function readBareWorkbook(
  bytes: Buffer,
  options: ReaderOptions,
): Promise<void> {
  await readBook(bytes, 'Workbook', {
    writer: new ItemWriter('xls', options),
    passwords: [...silentPasswords, ...(options.passwords ?? [])],
    offsetOf: (stream, at) => (stream === bytes ? at : undefined),
  })
}

/** Told by the first of these that it has, outside of storages. */
const byStream: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/^__properties_version1\.0$/i, 'msg'],
  [/^EncryptedPackage$/i, 'encrypted-package'],
  [/^WordDocument$/i, 'doc'],
  [/^(?:Workbook|Book)$/i, 'xls'],
  [/^PowerPoint Document$/i, 'ppt'],
  [/^VisioDocument$/i, 'vsd'],
  [/^Quill$/i, 'pub'],
]

function formatOf(file: CompoundFile): DocumentFormat {
  for (const [name, format] of byStream) {
    if (file.entries.some((e) => e.storage === '' && name.test(e.name)))
      return format
  }
  return 'ole'
}

async function readAll(opened: OpenedCompound): Promise<void> {
  const { file } = opened
  await readEncrypted(opened)
  for (const { kind, name, path } of file.entries) {
    if (kind !== 'stream') continue
    if (/^WordDocument$/i.test(name)) readWord(opened, path)
    else if (/^(?:Workbook|Book)$/i.test(name)) await readExcel(opened, path)
    else if (/^PowerPoint Document$/i.test(name))
      await readPowerPoint(opened, path)
    else if (/^Quill\/QuillSub\/CONTENTS$/i.test(path))
      readPublisher(opened, path)
    else if (/^VisioDocument$/i.test(name)) await readVisioDrawing(opened, path)
  }
  if (file.find('__properties_version1.0')) await readOutlookMessage(opened)
  await readMacros(opened)
  await readObjects(opened)
}

async function readEncrypted({
  file,
  writer,
  passwords,
}: OpenedCompound): Promise<void> {
  if (!file.find('EncryptedPackage')) return
  const info = file.read('EncryptionInfo')
  const plain = decryptPackage(info, file.read('EncryptedPackage'), passwords)
  tellEncrypted(writer, 'EncryptedPackage', plain !== undefined)
  // It is the same document, and telemetry knows it by its name.
  const name = baseName(writer.options.file ?? '') || 'document'
  if (plain) await writer.inside(`decrypted/${name}`, plain)
}
