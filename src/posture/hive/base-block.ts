// What does the head of a hive say? The format is Microsoft's own and not published; after Maxim Suhanov's "Windows registry file format
// specification", section "Base block".

export const baseBlockLength = 4096
/** Of a log's copy of it. */
export const logHeadLength = 512

export interface BaseBlock {
  /** Equal where the hive was written out in full. */
  readonly primary: number
  readonly secondary: number
  /** 0: a hive; 1, 2: logs of old; 6: logs since Windows 8.1. */
  readonly type: number
  /** Of the root's cell, from the end of the base block. */
  readonly root: number
  /** Bytes of hive bins. */
  readonly length: number
  /** The tail of the path under which it was loaded. */
  readonly name: string
  readonly isSound: boolean
}

export function readBaseBlock(bytes: Uint8Array): BaseBlock | undefined {
  if (bytes.length < logHeadLength || textAt(bytes, 0, 4) !== 'regf') {
    return undefined
  }
  const view = viewOf(bytes)
  const name = Buffer.from(bytes.subarray(48, 112)).toString('utf16le')
  return {
    primary: view.getUint32(4, true),
    secondary: view.getUint32(8, true),
    type: view.getUint32(28, true),
    root: view.getUint32(36, true),
    length: view.getUint32(40, true),
    name: name.split('\0')[0]!,
    isSound: view.getUint32(508, true) === checksumOf(view),
  }
}

/** Of the first 508 bytes; 0 and all ones are not used. */
export function checksumOf(view: DataView): number {
  let sum = 0
  for (let at = 0; at < 508; at += 4) sum ^= view.getUint32(at, true)
  sum >>>= 0
  if (sum === 0) return 1
  return sum === 0xffffffff ? 0xfffffffe : sum
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export function textAt(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.subarray(at, at + length)).toString('latin1')
}
