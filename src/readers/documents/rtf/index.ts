// Rich text (.rtf), whatever the file is called: Word opens `.doc` that is rich text.
import type { WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

export const rtf: WholeFormat = {
  name: 'rtf',
  read: 'whole',
  maxBytes,
  // Word asks for no more than this, and passes over blanks.
  detect: (head) =>
    /^\s{0,64}\{\\rt/.test(head.toString('latin1', 0, 80)) ? 3 : 0,
  async take(bytes, options) {
    const { readRtf } = await import('./read.ts')
    await readRtf(bytes, options)
  },
}
