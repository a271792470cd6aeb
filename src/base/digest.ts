// A short name for a text or for several: how ids are made. Not cryptographic: an id tells things apart, it proves nothing.

/** A part of an id: two lanes of 32 bits. */
export interface Digest {
  readonly a: number
  readonly b: number
}

const ofNothing: Digest = { a: 0x811c9dc5, b: 0xc9dc5118 }

/**
 * FNV-1a over UTF-16 units, in two lanes. Not cryptographic: an id tells findings apart, it proves nothing.
 * `before`: of the text that stands before this one.
 */
export function digest(text: string, before = ofNothing): Digest {
  let { a, b } = before
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 15)
  }
  return { a, b }
}

// murmur3's last step, so that neighbours (record 1, record 2) differ in all digits.
export function mixed(x: number, y: number): number {
  let h = Math.imul(x, 0xcc9e2d51) ^ Math.imul(y, 0x1b873593)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

const bytes = Array.from({ length: 256 }, (_, n) =>
  n.toString(16).padStart(2, '0'),
)

export function hex(n: number): string {
  return (
    bytes[n >>> 24]! +
    bytes[(n >>> 16) & 0xff]! +
    bytes[(n >>> 8) & 0xff]! +
    bytes[n & 0xff]!
  )
}
