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
  return Buffer.concat([
    guidBytes('7B5C52E4-D88C-4DA7-AEB1-5378D02996D3'),
    Buffer.alloc(1008),
    ...names,
    ...stored,
  ])
}
