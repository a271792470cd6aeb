// What does a self-relative security descriptor say? [MS-DTYP] 2.4.6, 2.4.5 (ACL), 2.4.4 (ACE), 2.4.2.2 (SID). Offsets are believed only
// where what they point at lies inside.
import {
  type AccessEntry,
  maxEntries,
  type ReadDescriptor,
} from './descriptor.ts'

const headLength = 20
const aclHead = 8
const aceHead = 4
/** Bits of Control. */
const daclPresent = 0x0004
const selfRelative = 0x8000
const ACCESS_ALLOWED = 0x00
const ACCESS_DENIED = 0x01
/** Of Flags: the entry is for children only, and allows nothing here. */
const inheritOnly = 0x08

export function readBinaryDescriptor(bytes: Uint8Array): ReadDescriptor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headLength) {
    return { fault: `${bytes.length} bytes; a descriptor has at least 20` }
  }
  const control = view.getUint16(2, true)
  if (bytes[0] !== 1 || !(control & selfRelative)) {
    return { fault: 'no self-relative descriptor of revision 1' }
  }
  const owner = sidAt(view, view.getUint32(4, true))
  const group = sidAt(view, view.getUint32(8, true))
  const dacl = view.getUint32(16, true)
  const heads = { ...(owner && { owner }), ...(group && { group }) }
  if (!(control & daclPresent) || dacl === 0) {
    return { descriptor: { ...heads, entries: undefined } }
  }
  const entries: AccessEntry[] = []
  const fault = readList(view, dacl, entries)
  return {
    descriptor: { ...heads, entries },
    ...(fault && { fault }),
  }
}

function readList(
  view: DataView,
  at: number,
  entries: AccessEntry[],
): string | undefined {
  if (at + aclHead > view.byteLength) return `its list at ${at} lies outside`
  const end = Math.min(view.byteLength, at + view.getUint16(at + 2, true))
  const count = Math.min(view.getUint16(at + 4, true), maxEntries)
  let next = at + aclHead
  for (let i = 0; i < count; i++) {
    const size = next + aceHead <= end ? view.getUint16(next + 2, true) : 0
    if (size < aceHead + 4 || next + size > end) {
      return `entry ${i + 1} of ${count} is cut off`
    }
    const type = view.getUint8(next)
    const applies = !(view.getUint8(next + 1) & inheritOnly)
    if (applies && (type === ACCESS_ALLOWED || type === ACCESS_DENIED)) {
      const sid = sidAt(view, next + 8)
      if (!sid) return `entry ${i + 1} of ${count} names nobody`
      const kind = type === ACCESS_ALLOWED ? 'allow' : 'deny'
      entries.push({ kind, sid, mask: view.getUint32(next + 4, true) })
    }
    next += size
  }
  return undefined
}

function sidAt(view: DataView, at: number): string | undefined {
  if (at === 0 || at + 8 > view.byteLength || view.getUint8(at) !== 1) {
    return undefined
  }
  const count = view.getUint8(at + 1)
  if (count > 15 || at + 8 + count * 4 > view.byteLength) return undefined
  const authority = view.getUint16(at + 2) * 2 ** 32 + view.getUint32(at + 4)
  const parts = Array.from({ length: count }, (_, i) =>
    view.getUint32(at + 8 + i * 4, true),
  )
  return ['S-1', authority, ...parts].join('-')
}
