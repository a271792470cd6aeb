// PDF: what it does when it is opened, and which files it carries. ISO 32000-1, 7.5 (structure), 12.6 (actions).
import type { WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

const anObject = /[\r\n]\d{1,10} \d{1,5} obj\b/

export const pdf: WholeFormat = {
  name: 'pdf',
  read: 'whole',
  maxBytes,
  // Readers take a header that stands within the first 1,024 bytes.
  detect: (head) => {
    const at = head.subarray(0, 1024).indexOf('%PDF-')
    if (at <= 0) return at === 0 ? 3 : 0
    // A log may have the words of its header.
    return anObject.test(head.toString('latin1', at)) ? 3 : 1
  },
  async take(bytes, options) {
    const { readPdf } = await import('./read.ts')
    await readPdf(bytes, options)
  },
}
