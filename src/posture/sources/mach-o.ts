// What does a binary of macOS say of itself? Its Info.plist, its signature's flags and entitlements, and the calls that it mentions. Mach-O after
// Apple's loader.h and fat.h; the signature after cs_blobs.h. Every offset is checked.
import { readXmlPlist } from '../../base/plist/xml.ts'
import { isPlistMap, type PlistMap } from '../../base/plist/value.ts'
import { addInfo, addSignature, peerCheck } from './code.ts'
import type { Reading, Source } from './source.ts'

const FAT = 0xcafebabe
const MACH_64 = 0xfeedfacf
const LC_SEGMENT_64 = 0x19
const LC_CODE_SIGNATURE = 0x1d
const SUPER_BLOB = 0xfade0cc0
const CODE_DIRECTORY = 0xfade0c02
const ENTITLEMENTS = 0xfade7171
const maxCommands = 10_000
const maxArchitectures = 32

export const machO: Source = {
  what: 'Mach-O binary',
  recognises: ({ bytes }) => sliceOf(bytes) !== undefined,
  read(dump) {
    const slice = sliceOf(dump.bytes)!
    const found = partsOf(slice)
    const info = found.info && plistOf(found.info)
    if (info) addInfo(dump, info, dump.name)
    const id =
      typeof info?.CFBundleIdentifier === 'string'
        ? info.CFBundleIdentifier
        : dump.base
    const isHelper =
      /PrivilegedHelperTools/.test(dump.name) ||
      info?.SMAuthorizedClients !== undefined
    if (isHelper) {
      dump.facts.of('macos')
      const peers = peerCheck(Buffer.from(slice).toString('latin1'))
      dump.facts.add(`helper\\${id}`, 'peer is told by', peers, {
        file: dump.name,
      })
    }
    if (found.signature) readSignature(dump, found.signature)
    else addSignature(dump, { path: dump.name, flags: 0, entitlements: {} })
  },
}

/** Of a fat binary the first architecture. */
function sliceOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 32) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) === MACH_64) return bytes
  const count = view.getUint32(4)
  if (view.getUint32(0) !== FAT || count < 1 || count > maxArchitectures)
    return undefined
  const offset = view.getUint32(16)
  const slice = bytes.subarray(offset, offset + view.getUint32(20))
  if (offset < 28 || slice.length < 32) return undefined
  const inner = new DataView(slice.buffer, slice.byteOffset, slice.byteLength)
  return inner.getUint32(0, true) === MACH_64 ? slice : undefined
}

interface Parts {
  info?: Uint8Array
  signature?: Uint8Array
}

function partsOf(bytes: Uint8Array): Parts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Parts = {}
  let at = 32
  const count = Math.min(view.getUint32(16, true), maxCommands)
  for (let i = 0; i < count && at + 8 <= bytes.length; i++) {
    const [command, size] = [
      view.getUint32(at, true),
      view.getUint32(at + 4, true),
    ]
    if (size < 8 || at + size > bytes.length) break
    if (command === LC_CODE_SIGNATURE && size >= 16) {
      const from = view.getUint32(at + 8, true)
      parts.signature = bytes.subarray(
        from,
        from + view.getUint32(at + 12, true),
      )
    } else if (command === LC_SEGMENT_64) {
      const info = infoSection(bytes, view, at, size)
      if (info) parts.info = info
    }
    at += size
  }
  return parts
}

/** `__TEXT,__info_plist`. */
function infoSection(
  bytes: Uint8Array,
  view: DataView,
  segment: number,
  size: number,
): Uint8Array | undefined {
  for (let at = segment + 72; at + 80 <= segment + size; at += 80) {
    const name = Buffer.from(bytes.subarray(at, at + 16)).toString('latin1')
    if (!name.startsWith('__info_plist')) continue
    const from = view.getUint32(at + 48, true)
    return bytes.subarray(from, from + Number(view.getBigUint64(at + 40, true)))
  }
  return undefined
}

function plistOf(bytes: Uint8Array): PlistMap | undefined {
  try {
    const value = readXmlPlist(Buffer.from(bytes).toString('utf8'))
    return isPlistMap(value) ? value : undefined
  } catch {
    return undefined
  }
}

function readSignature(dump: Reading, blob: Uint8Array): void {
  let flags: number | undefined
  let entitlements: PlistMap = {}
  for (const { magic, bytes } of blobsOf(blob)) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (magic === CODE_DIRECTORY && bytes.length >= 16)
      flags ??= view.getUint32(12)
    if (magic === ENTITLEMENTS) entitlements = plistOf(bytes.subarray(8)) ?? {}
  }
  addSignature(dump, {
    path: dump.name,
    entitlements,
    ...(flags !== undefined && { flags }),
    offset: blob.byteOffset - dump.bytes.byteOffset,
  })
}

function* blobsOf(
  blob: Uint8Array,
): Generator<{ magic: number; bytes: Uint8Array }> {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  if (blob.length < 12 || view.getUint32(0) !== SUPER_BLOB) return
  const count = Math.min(view.getUint32(8), maxCommands)
  for (let i = 0; i < count && 20 + i * 8 <= blob.length; i++) {
    const from = view.getUint32(12 + i * 8 + 4)
    if (from + 8 > blob.length) continue
    const length = view.getUint32(from + 4)
    yield {
      magic: view.getUint32(from),
      bytes: blob.subarray(from, from + length),
    }
  }
}
