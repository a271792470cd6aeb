// Where can a plain file be cut, so that its pieces are read side by side?
import { type FileHandle, open } from 'node:fs/promises'

import { headBytes } from './containers/member-flow.ts'
import { onDisk } from './disk-name.ts'
import type { StreamFormat } from './reader.ts'

/** Read at once, in bytes. */
const blockBytes = 4 * 1024 * 1024

/** The first bytes of a plain file, for `recogniseFormat`. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(onDisk(path))
  try {
    const head = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export interface FilePiece {
  readonly start: number
  readonly end: number
  /** Line breaks before `start`; 0 for formats that do not count lines. */
  readonly linesBefore: number
}

/** Cuts a plain file of a format that allows it into pieces of about `pieceBytes`; one piece where it cannot be cut. */
export async function splitFile(
  path: string,
  format: StreamFormat,
  pieceBytes: number,
  signal?: AbortSignal,
): Promise<FilePiece[]> {
  const file = await open(onDisk(path))
  try {
    const { size } = await file.stat()
    const whole = [{ start: 0, end: size, linesBefore: 0 }]
    const { split } = format
    if (!split || size <= pieceBytes) return whole
    if (split.by === 'blocks') {
      return blockPieces(size, split.header, split.size, pieceBytes)
    }
    if (split.allowed && !split.allowed(await readHead(path))) return whole
    return await linePieces(file, size, pieceBytes, signal)
  } finally {
    await file.close()
  }
}

function blockPieces(
  size: number,
  header: number,
  unit: number,
  pieceBytes: number,
): FilePiece[] {
  const units = Math.max(1, Math.round(pieceBytes / unit))
  const pieces: FilePiece[] = []
  let start = 0
  while (start < size) {
    const from = start === 0 ? header : start
    const end = Math.min(size, from + units * unit)
    pieces.push({ start, end, linesBefore: 0 })
    start = end
  }
  return pieces
}

const LF = 10

async function linePieces(
  file: FileHandle,
  size: number,
  pieceBytes: number,
  signal: AbortSignal | undefined,
): Promise<FilePiece[]> {
  const block = Buffer.allocUnsafeSlow(blockBytes)
  const pieces: FilePiece[] = []
  let start = 0
  let linesBefore = 0
  let lines = 0
  for (let offset = 0; offset < size && !signal?.aborted; ) {
    const { bytesRead } = await file.read(block, 0, block.length, offset)
    if (bytesRead === 0) break
    const bytes = block.subarray(0, bytesRead)
    for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) {
      lines++
      const end = offset + i + 1
      if (end - start >= pieceBytes && end < size) {
        pieces.push({ start, end, linesBefore })
        start = end
        linesBefore = lines
      }
    }
    offset += bytesRead
  }
  pieces.push({ start, end: size, linesBefore })
  return pieces
}
