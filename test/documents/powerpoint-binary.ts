// Binary presentations made by hand, record by record: for tests.
import { deflateSync } from 'node:zlib'

import { compoundOf } from './compound.ts'
import { u16, u32 } from './workbook-binary.ts'

const record = (head: number, type: number, body: Buffer) =>
  Buffer.concat([u16(head, type), u32(body.length), body])
const container = (type: number, ...inner: readonly Buffer[]) =>
  record(0xf, type, Buffer.concat(inner))
const text = (instance: number, value: string) =>
  record(instance << 4, 0x0fba, Buffer.from(value, 'utf16le'))

export interface PresentationParts {
  readonly links?: readonly string[]
  /** Started by a click. */
  readonly programs?: readonly string[]
  readonly objects?: readonly Buffer[]
}

export function presentationStream({
  links = [],
  programs = [],
  objects = [],
}: PresentationParts): Buffer {
  const action = Buffer.alloc(16)
  action[8] = 2
  return container(
    0x03e8,
    ...links.map((link) => container(0x0fd7, text(0, 'here'), text(1, link))),
    ...programs.map((program) =>
      container(0x0ff2, record(0, 0x0ff3, action), text(2, program)),
    ),
    ...objects.map((object) =>
      record(
        0x10,
        0x1011,
        Buffer.concat([u32(object.length), deflateSync(object)]),
      ),
    ),
  )
}

/** `current`: the stream that says where the last edit is told. */
export function pptOf(
  parts: PresentationParts | Buffer,
  current: Buffer = Buffer.alloc(20),
): Buffer {
  const stream = Buffer.isBuffer(parts) ? parts : presentationStream(parts)
  return compoundOf({
    streams: { 'PowerPoint Document': stream, 'Current User': current },
    classes: { '': '64818D10-4F9B-11CF-86EA-00AA00B929E8' },
  })
}
