// Documents that are one file of XML: Office of 2003, a package written flat, OpenDocument written flat.
import type { WholeFormat } from '../../reader.ts'
import { flatKindOf } from './kinds.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

export const flatXml: WholeFormat = {
  name: 'document-xml',
  read: 'whole',
  maxBytes,
  detect: (head) => (flatKindOf(head) ? 3 : 0),
  async take(bytes, options) {
    const kind = flatKindOf(bytes.subarray(0, headBytes))
    const { readFlat } = await import('./read.ts')
    if (kind) await readFlat(kind, bytes, options)
  },
}

/** As `detect` sees, in bytes. */
const headBytes = 64 * 1024
