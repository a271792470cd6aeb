// EVTX, the binary form of the Windows event log. Format: [MS-EVEN6] 2.2.12 to 2.2.18; libyal, "Windows XML Event Log".
import type { StreamFormat } from '../reader.ts'
import { chunkBytes, chunkMagic, fileHeaderBytes, fileMagic } from './layout.ts'
import { EvtxReader } from './reader.ts'

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic)
}

export const evtx: StreamFormat = {
  name: 'evtx',
  read: 'stream',
  detect(head, name) {
    if (startsWith(head, fileMagic)) return 3
    // Nothing in it can say what it is; its reader says that it is empty.
    return head.length === 0 && /\.evtx$/i.test(name) ? 1 : 0
  },
  open: (options) => new EvtxReader(options),
  split: { by: 'blocks', header: fileHeaderBytes, size: chunkBytes },
}

/** Chunks without a file header, as carving tools leave them. Not cut for parallel reading: the grid begins at 0. */
export const evtxChunks: StreamFormat = {
  name: 'evtx',
  read: 'stream',
  detect: (head) => (startsWith(head, chunkMagic) ? 3 : 0),
  open: (options) => new EvtxReader(options),
}
