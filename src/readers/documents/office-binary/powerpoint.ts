// A binary presentation (.ppt; MS-PPT): where its links lead, what its buttons run, and the objects and macros it holds.
import type { Damage } from '../../../base/record.ts'

import { constants, inflateSync } from 'node:zlib'

import { Cursor } from '../binary/cursor.ts'
import { tellEncrypted } from '../encryption/encrypted-item.ts'
import { decryptPresentation } from '../powerpoint-binary/decrypt.ts'
import {
  type PresentationRecord,
  presentationRecords,
} from '../powerpoint-binary/records.ts'

import { beside, type OpenedCompound } from './opened.ts'

const types = {
  document: 0x03e8,
  text: 0x0fba,
  hyperlink: 0x0fd7,
  interactive: 0x0ff2,
  interactiveAtom: 0x0ff3,
  storage: 0x1011,
  link: 0x0fce,
  embedded: 0x0fcc,
  control: 0x0fee,
}
/** Of one object unpacked, in bytes. */
const maxObject = 32 * 1024 * 1024
/** 2.8.6: what a click does. */
const actions = [
  'none',
  'macro',
  'program',
  'jump',
  'hyperlink',
  'object',
  'media',
]

export async function readPowerPoint(
  opened: OpenedCompound,
  path: string,
): Promise<void> {
  const { file, writer, passwords } = opened
  const written = file.read(path)
  const current = file.read(beside(path, 'Current User'))
  const encrypted = decryptPresentation(written, current, passwords)
  if (encrypted) tellEncrypted(writer, path, encrypted.plain !== undefined)
  const stream = encrypted ? encrypted.plain : written
  if (!stream) return
  const objects: Buffer[] = []
  let action = 'none'
  let isDocument = false
  const told = (damage: Damage) => writer.tell(damage, path)
  for (const record of presentationRecords(stream, told)) {
    if (record.type === types.document) isDocument = true
    if (record.type === types.interactiveAtom) {
      const cursor = new Cursor(record.body, 8)
      action = actions[cursor.u8()] ?? 'none'
    } else if (record.type === types.text) {
      const offset = file.offsetOf(written, record.at)
      tellText(opened, path, record, { action, offset })
    } else if (record.type === types.storage)
      objects.push(unpacked(record, told))
  }
  if (!isDocument) writer.damaged('no record in it begins a document', path)
  for (const [i, object] of objects.entries()) {
    if (object.length > 0)
      await writer.inside(`${path}/object ${i + 1}`, object)
  }
}

function tellText(
  { writer }: OpenedCompound,
  part: string,
  { type, instance, body, within }: PresentationRecord,
  { action, offset }: { action: string; offset: number | undefined },
): void {
  const text = body.toString('utf16le')
  const place = {
    part,
    position: `record ${type}`,
    ...(offset !== undefined && { offset }),
  }
  const inner = within.at(-1)
  if (inner === types.hyperlink && instance === 1)
    writer.add({
      kind: 'link',
      ...place,
      relation: 'hyperlink',
      text,
      target: text,
      targetMode: 'external',
    })
  else if (inner === types.interactive)
    writer.add({
      kind: 'action',
      ...place,
      // As a presentation in XML writes it.
      text: `ppaction://${action} ${text}`,
      relation: action === 'program' ? 'hlinkClick' : 'macro',
      ...(action === 'program'
        ? { target: text, targetMode: 'external' }
        : { macroName: text }),
    })
  else if (
    inner === types.link ||
    inner === types.embedded ||
    inner === types.control
  )
    if (instance === 2)
      writer.add({ kind: 'object', ...place, text, progId: text })
}

/** 2.10.34: compressed ones say their size first. */
function unpacked(
  { instance, body, at }: PresentationRecord,
  told: (damage: Damage) => void,
): Buffer {
  if (instance !== 1) return body
  try {
    // PowerPoint writes streams without their end; what is there is whole.
    return inflateSync(body.subarray(4), {
      maxOutputLength: maxObject,
      finishFlush: constants.Z_SYNC_FLUSH,
    })
  } catch (error) {
    told({
      what: 'presentation record',
      offset: at,
      message: `an object could not be unpacked: ${String((error as Error).message)}`,
    })
    return Buffer.alloc(0)
  }
}
