// In which order does a source write its dates? Its first bytes tell, and where they do not, of a large file some from all over it,
// before any of its events is shown: so that what is found does not depend on how the file is cut.
import { open } from 'node:fs/promises'

import {
  type DateOrder,
  Dates,
  orderInText,
  readDatesOf,
} from '../../base/date-order.ts'
import { toldTimes } from '../../base/local-time.ts'

import { onDisk } from '../../readers/disk-name.ts'
import type { Reader } from '../../readers/reader.ts'
import { headBytes } from '../../readers/containers/member-flow.ts'

import { isLookedThrough } from './clock-probe.ts'
import type { Piece } from './report.ts'

/** Windows of a large file that are looked at, beside its beginning, and their size in bytes. */
const samples = 24
const sampleBytes = 64 * 1024

/** `head`: the beginning of the source. What a person said goes before what it tells. */
export function datesOf(head: Buffer, known?: DateOrder): Dates {
  return new Dates(
    toldTimes().order ?? known ?? orderInText(textOf(head)).order,
  )
}

/** Of a file that is not cut, where its head may not be all of it; what cannot be read is told when it is read. */
export async function dateOrderOfPiece(
  piece: Piece,
): Promise<DateOrder | undefined> {
  if (piece.format) return piece.dateOrder
  if (!isLookedThrough(piece)) return undefined
  return await dateOrderOfFile(piece.path, piece.bytes).catch(() => undefined)
}

/** Of a plain file that is larger than a head; undefined: nothing tells, or there is nothing to tell. */
export async function dateOrderOfFile(
  path: string,
  size: number,
): Promise<DateOrder | undefined> {
  if (size <= headBytes) return undefined
  const file = await open(onDisk(path))
  try {
    const window = Buffer.alloc(sampleBytes)
    let text = ''
    for (let n = 0; n <= samples; n++) {
      const at = Math.floor((size * n) / (samples + 1))
      const { bytesRead } = await file.read(window, 0, sampleBytes, at)
      text += textOf(window.subarray(0, bytesRead))
      const { order, isAsked } = orderInText(text)
      if (order || (n === 0 && !isAsked)) return order
    }
    return undefined
  } finally {
    await file.close()
  }
}

/** Digits and what parts them are the same in UTF-8 and in Latin 1, and all that is left of UTF-16 without its zeros. */
function textOf(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\0', '')
}

/** The reader, for which dates are read as those of its source. */
export function withDates(reader: Reader, dates: Dates): Reader {
  const push = reader.push.bind(reader)
  const end = reader.end.bind(reader)
  const settle = reader.settle?.bind(reader)
  reader.push = (block) => {
    readDatesOf(dates)
    push(block)
  }
  const forget = () => readDatesOf(new Dates())
  reader.end = () => {
    readDatesOf(dates)
    const ending = end()
    if (ending) return ending.finally(forget)
    return forget()
  }
  if (settle) {
    reader.settle = () => {
      readDatesOf(dates)
      settle()
    }
  }
  return reader
}
