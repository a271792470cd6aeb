// A drawing of Visio before 2013 (.vsd): addresses that its shapes lead to, and objects in it. Functions of its formulas have numbers that nobody has
// published, so a formula is known by the address or the program that it is given.
import { drawingStreams, isWide } from '../visio-binary/streams.ts'

import { Addresses } from './addresses.ts'
import type { OpenedCompound } from './opened.ts'

const compoundMark = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const drawingMark = Buffer.from('Visio (TM) Drawing\r\n')
/** Before the bytes of an object. */
const lengthBytes = 4

export async function readVisioDrawing(
  { file, writer }: OpenedCompound,
  path: string,
): Promise<void> {
  const drawing = file.read(path)
  const wide = isWide(drawing)
  if (wide === undefined) {
    writer.options.notInspected?.(
      `${path}: shapes of Visio before 2000 are not inspected; macros and objects are`,
    )
    return
  }
  if (!drawing.subarray(0, drawingMark.length).equals(drawingMark))
    writer.damaged('it does not begin as a drawing', path)
  const addresses = new Addresses(writer, path)
  const cut = (what: string) => writer.bound(what, path)
  let object: Buffer[] = []
  for (const stream of drawingStreams(drawing, cut)) {
    const { bytes, offset, isObject } = stream
    if (!isObject) {
      addresses.tell(bytes, wide, (at) =>
        offset === undefined ? undefined : file.offsetOf(drawing, offset + at),
      )
      continue
    }
    const part = bytes.subarray(lengthBytes)
    if (part.subarray(0, compoundMark.length).equals(compoundMark)) {
      await tellObject(object)
      object = []
    }
    object.push(part)
  }
  await tellObject(object)

  async function tellObject(parts: readonly Buffer[]) {
    if (parts.length > 0) await writer.inside('object', Buffer.concat(parts))
  }
}
