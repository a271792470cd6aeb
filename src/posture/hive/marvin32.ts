// The hash of entries of a transaction log: Marvin32 with the registry's seed (Suhanov, section "Log entries"). Gives low and high half.

const seed = { low: 0x7a4e55c5, high: 0x82ef4d88 }

export function marvin32(bytes: Uint8Array): readonly [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let { low, high } = seed
  const mix = () => {
    high ^= low
    low = (rotate(low, 20) + high) | 0
    high = rotate(high, 9) ^ low
    low = (rotate(low, 27) + high) | 0
    high = rotate(high, 19)
  }
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    low = (low + view.getUint32(at, true)) | 0
    mix()
  }
  let last = 0x80
  for (let i = bytes.length - 1; i >= at; i--) last = (last << 8) | bytes[i]!
  low = (low + last) | 0
  mix()
  mix()
  return [low >>> 0, high >>> 0]
}

function rotate(n: number, by: number): number {
  return (n << by) | (n >>> (32 - by))
}
