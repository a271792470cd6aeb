// A stream of a drawing, packed with references into the 4,096 bytes before it (libvisio: VSDInternalStream).
const windowBytes = 4096
/** Where in the window, which is empty, the first byte goes. */
const firstPlace = 4078
const shortest = 3

/** At most `most` bytes of it. */
export function unpack(bytes: Buffer, most: number): Buffer {
  const window = Buffer.alloc(windowBytes)
  // A reference of two bytes gives at most 18.
  const out = Buffer.alloc(Math.min(most, bytes.length * 9))
  let length = 0
  let place = firstPlace
  const put = (byte: number) => {
    if (length < out.length) out[length++] = byte
    window[place] = byte
    place = (place + 1) % windowBytes
  }
  let at = 0
  while (at < bytes.length && length < out.length) {
    const flags = bytes[at++]!
    for (let bit = 0; bit < 8 && at < bytes.length; bit++) {
      if ((flags >> bit) & 1) {
        put(bytes[at++]!)
        continue
      }
      if (at + 1 >= bytes.length) return out.subarray(0, length)
      const [low, high] = [bytes[at]!, bytes[at + 1]!]
      at += 2
      const from = low | ((high & 0xf0) << 4)
      for (let i = 0; i < (high & 0x0f) + shortest; i++)
        put(window[(from + i) % windowBytes]!)
    }
  }
  return out.subarray(0, length)
}
