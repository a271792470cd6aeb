// Damages a file as disks, cut transfers and attackers do. The same for the same seed.

export function mutate(original: Buffer, seed: number): Buffer {
  const random = randomFrom(seed)
  let bytes: Buffer = Buffer.from(original)
  const changes = 1 + random(12)
  for (let i = 0; i < changes; i++) bytes = change(bytes, random)
  return bytes
}

type Random = (below: number) => number

/** Numbers that lengths, counts and offsets are tried with. */
const edges = [
  0, 1, 0x7f, 0xff, 0x200, 0x7fff, 0xffff, 0x1_0000, 0x7fff_ffff, 0xffff_ffff,
]

function change(bytes: Buffer, random: Random): Buffer {
  if (bytes.length < 16) return bytes
  const at = random(bytes.length - 8)
  const run = 1 + random(random(8) === 0 ? 70_000 : 64)
  switch (random(9)) {
    case 0:
    case 1:
      bytes[at] = random(256)
      return bytes
    case 2:
      bytes[at]! ^= 1 << random(8)
      return bytes
    case 3:
      bytes.writeUInt32LE(edges[random(edges.length)]!, at)
      return bytes
    case 4:
      bytes.writeUInt16LE(edges[random(7)]!, at)
      return bytes
    case 5:
      return bytes.subarray(0, at)
    case 6:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + run)])
    case 7: {
      const from = random(bytes.length)
      const piece = Buffer.from(bytes.subarray(from, from + run))
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
    }
    default: {
      const from = random(bytes.length)
      bytes.copyWithin(at, from, from + run)
      return bytes
    }
  }
}

/** A small generator (mulberry32), so that a failing seed can be run again. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000) * below)
  }
}
