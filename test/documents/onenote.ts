// Sections of OneNote made by hand: for tests.
import { guidBytes } from '../../src/readers/documents/binary/guid.ts'

import { u32 } from './workbook-binary.ts'

export function oneOf(
  files: readonly { readonly name: string; readonly data: Buffer }[],
): Buffer {
  const names = files.map(({ name }) => {
    const wide = Buffer.from(`${name}\0`, 'utf16le')
    return Buffer.concat([
      Buffer.alloc(12),
      u32(wide.length),
      wide,
      Buffer.alloc(7),
    ])
  })
  const stored = files.map(({ data }) =>
    Buffer.concat([
      guidBytes('BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC'),
      u32(data.length),
      Buffer.alloc(16),
      data,
      guidBytes('71FBA722-0F79-4A0B-BB13-899256426B24'),
    ]),
  )
  const rest = [fragment(), ...names, ...stored]
  const length = rest.reduce((sum, part) => sum + part.length, headerBytes)
  return Buffer.concat([header(length), ...rest])
}

const headerBytes = 1024

/** Where the list of what it holds begins: behind it. */
function header(length: number): Buffer {
  const bytes = Buffer.alloc(headerBytes)
  guidBytes('7B5C52E4-D88C-4DA7-AEB1-5378D02996D3').copy(bytes)
  guidBytes('109ADD3F-911B-49F5-A5D0-1790EDC8AED8').copy(bytes, 48)
  bytes.writeUInt32LE(headerBytes, 172)
  bytes.writeUInt32LE(fragment().length, 180)
  bytes.writeUInt32LE(length, 196)
  return bytes
}

/** The only one of its list; `next`: where another should be. */
export function fragment(next = [0xffff_ffff, 0xffff_ffff, 0]): Buffer {
  return Buffer.concat([
    Buffer.from('c4f4f7f5b17a56a4', 'hex'),
    Buffer.alloc(24),
    ...next.map((n) => u32(n)),
    Buffer.from('4bba3382c315c28b', 'hex'),
  ])
}
