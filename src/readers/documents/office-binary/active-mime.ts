// What Word puts beside a page of HTML or XML (`editdata.mso`): a compound file with the macros, packed, behind a head.
import { inflateSync } from 'node:zlib'

import type { WholeFormat } from '../../reader.ts'
import { ItemWriter } from '../item.ts'

const magic = Buffer.from('ActiveMime', 'latin1')
/** In bytes. */
const maxBytes = 64 * 1024 * 1024
/** The packed part begins with this byte, at one of these places or anywhere behind them. */
const packedMark = 0x78
const leastHead = 0x30

export const activeMime: WholeFormat = {
  name: 'active-mime',
  read: 'whole',
  maxBytes,
  detect: (head) => (head.subarray(0, magic.length).equals(magic) ? 3 : 0),
  async take(bytes, options) {
    const writer = new ItemWriter('ole', options)
    const at = bytes.indexOf(packedMark, leastHead)
    try {
      const packed = bytes.subarray(at < 0 ? bytes.length : at)
      const content = inflateSync(packed, { maxOutputLength: maxBytes })
      await writer.inside('oledata.mso', content)
    } catch (error) {
      writer.damaged(`cannot be unpacked: ${(error as Error).message}`, '')
    }
  },
}
