// A binary Word document under a password (MS-DOC 2.2.6.2, 2.2.6.3): each stream is encrypted by blocks of 512 bytes; the head
// of the text stream is not, nor is what says how, at the beginning of the table stream.
import {
  decryptBlocks,
  type StreamCipher,
} from '../encryption/stream-cipher.ts'

const blockBytes = 512
/** FibBase and what follows it up to the first that is encrypted. */
const plainHead = 68

export function decryptWord(
  stream: Buffer,
  table: Buffer,
  cipher: StreamCipher,
): { stream: Buffer; table: Buffer } {
  return {
    stream: decryptBlocks(stream, cipher, blockBytes, (at) =>
      Math.max(plainHead, at),
    ),
    table: decryptBlocks(table, cipher, blockBytes, (at) => at),
  }
}
