// When are two findings the same? When rule and evidence are: the id is a hash of both, and of nothing that a run could change.

/**
 * 64 bits of FNV-1a over UTF-16 units as 16 hex digits, in two lanes of 32 bits. Not cryptographic: an id tells findings apart, it proves
 * nothing.
 */
export function findingId(parts: string): string {
  let a = 0x811c9dc5
  let b = 0xc9dc5118
  for (let i = 0; i < parts.length; i++) {
    const unit = parts.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 15)
  }
  // A last mix, so that neighbours (record 1, record 2) differ in all digits.
  a = Math.imul(a ^ (a >>> 16), 0x7feb352d)
  b = Math.imul(b ^ (b >>> 16), 0x846ca68b)
  return hex(a ^ (a >>> 15)) + hex(b ^ (b >>> 13))
}

const bytes = Array.from({ length: 256 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
)

function hex(n: number): string {
  return (
    bytes[n >>> 24]! +
    bytes[(n >>> 16) & 0xff]! +
    bytes[(n >>> 8) & 0xff]! +
    bytes[n & 0xff]!
  )
}
