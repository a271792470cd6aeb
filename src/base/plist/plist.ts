// What does a property list say? XML and binary; Apple's plist(5), and CFBinaryPList.c for the binary form.
import { readBinaryPlist } from './binary.ts'
import { readXmlPlist } from './xml.ts'
import type { Plist } from './value.ts'

export type { Plist } from './value.ts'

export function isPlist(bytes: Uint8Array, text: string): boolean {
  return isBinary(bytes) || /<plist[\s>]/.test(text.slice(0, 4096))
}

/** The error says what it is not. */
export function readPlist(bytes: Uint8Array, text: string): Plist {
  return isBinary(bytes) ? readBinaryPlist(bytes) : readXmlPlist(text)
}

function isBinary(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 6)).toString('latin1') === 'bplist'
}
