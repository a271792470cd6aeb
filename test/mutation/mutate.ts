// Damage as files suffer it: bits, bytes, lengths, cuts, repeats, splices. The same seed makes the same damage.

/** mulberry32: small, seeded, the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Numbers that lengths, counts and offsets fail on. */
const edges = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
  0xffffffff,
]
const tokens = [
  '"',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '&',
  '\\',
  '\0',
  '\n',
  '\r\n',
  '=',
  '%',
  '\u001d',
  '\ud800',
  'ElfChnk\0',
  '**\0\0',
  '0100',
  'type=',
]

type Damage = (bytes: Buffer, random: () => number, other: Buffer) => Buffer

const damages: readonly Damage[] = [
  (b, r) => withByte(b, at(b, r), (v) => v ^ (1 << Math.floor(r() * 8))),
  (b, r) => withByte(b, at(b, r), () => Math.floor(r() * 256)),
  (b, r) => withNumber(b, r),
  (b, r) => b.subarray(0, at(b, r)),
  (b, r) => b.subarray(at(b, r)),
  (b, r) => {
    const from = at(b, r)
    const length = Math.floor(r() * 600)
    return Buffer.concat([b.subarray(0, from), b.subarray(from + length)])
  },
  (b, r) => {
    const from = at(b, r)
    const part = b.subarray(from, from + Math.floor(r() * 2000))
    return Buffer.concat([b.subarray(0, from), part, part, b.subarray(from)])
  },
  (b, r, other) =>
    Buffer.concat([b.subarray(0, at(b, r)), other.subarray(at(other, r))]),
  (b, r) => {
    const from = at(b, r)
    const token = Buffer.from(tokens[Math.floor(r() * tokens.length)]!)
    return Buffer.concat([b.subarray(0, from), token, b.subarray(from)])
  },
  (b, r) => {
    const copy = Buffer.from(b)
    const from = at(b, r)
    const to = Math.min(copy.length, from + Math.floor(r() * 300))
    copy.fill(Math.floor(r() * 256), from, to)
    return copy
  },
]

/** One to eight damages; `other` is what splices come from. */
export function mutate(
  bytes: Buffer,
  random: () => number,
  other: Buffer,
): Buffer {
  let damaged = bytes
  const times = 1 + Math.floor(random() * 8)
  for (let i = 0; i < times; i++) {
    const damage = damages[Math.floor(random() * damages.length)]!
    damaged = damage(damaged, random, other)
  }
  return damaged
}

function at(bytes: Buffer, random: () => number): number {
  // Headers decide how the rest is read, so they are hit more often than their share.
  const reach = random() < 0.3 ? Math.min(bytes.length, 600) : bytes.length
  return Math.floor(random() * reach)
}

function withByte(
  bytes: Buffer,
  i: number,
  change: (v: number) => number,
): Buffer {
  const copy = Buffer.from(bytes)
  if (i < copy.length) copy[i] = change(copy[i]!) & 0xff
  return copy
}

function withNumber(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes)
  const i = at(bytes, random)
  const value = edges[Math.floor(random() * edges.length)]!
  if (i + 4 <= copy.length) copy.writeUInt32LE(value >>> 0, i)
  return copy
}
