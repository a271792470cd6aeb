// VBA source is kept compressed (MS-OVBA 2.4.1): chunks of up to 4 KiB, each of tokens that are a byte or a copy of what
// came before. A broken chunk ends there; what was unpacked is kept.
import { u16At } from '../binary/cursor.ts'

const chunkBytes = 4096
/** Of one stream unpacked, in bytes; the rest is left. */
export const maxUnpacked = 16 * 1024 * 1024

/** undefined: there is no container at that place. */
export function decompressVba(packed: Buffer, from = 0): Buffer | undefined {
  if (packed[from] !== 1) return undefined
  const out = new Unpacked()
  let at = from + 1
  while (at + 2 <= packed.length && out.length < maxUnpacked) {
    const header = u16At(packed, at)
    const end = Math.min(at + (header & 0xfff) + 3, packed.length)
    if (((header >> 12) & 7) !== 3) break
    at += 2
    if (header & 0x8000) unpackChunk(packed, at, end, out)
    else out.append(packed.subarray(at, end))
    at = end
  }
  return out.bytes()
}

function unpackChunk(
  packed: Buffer,
  from: number,
  end: number,
  out: Unpacked,
): void {
  const start = out.length
  let at = from
  while (at < end) {
    const flags = packed[at++]!
    for (let bit = 0; bit < 8 && at < end; bit++) {
      if (out.length - start > chunkBytes) return
      if (!((flags >> bit) & 1)) {
        out.push(packed[at++]!)
        continue
      }
      if (at + 2 > end) return
      const token = u16At(packed, at)
      at += 2
      const bits = offsetBits(out.length - start)
      const length = (token & (0xffff >> bits)) + 3
      if (!out.copy((token >> (16 - bits)) + 1, length, start)) return
    }
  }
}

/** 2.4.1.3.19.1: how many bits of a token are its offset grows with what the chunk has so far. */
function offsetBits(length: number): number {
  let bits = 4
  while (1 << bits < length && bits < 12) bits++
  return bits
}

class Unpacked {
  length = 0
  #bytes = Buffer.alloc(chunkBytes * 2)

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.length)
  }

  push(byte: number): void {
    this.#room(1)
    this.#bytes[this.length++] = byte
  }

  append(bytes: Buffer): void {
    this.#room(bytes.length)
    bytes.copy(this.#bytes, this.length)
    this.length += bytes.length
  }

  /** false: it reaches back beyond the chunk. */
  copy(offset: number, count: number, start: number): boolean {
    if (offset > this.length - start) return false
    this.#room(count)
    for (let i = 0; i < count; i++) {
      this.#bytes[this.length] = this.#bytes[this.length - offset]!
      this.length++
    }
    return true
  }

  #room(count: number): void {
    if (this.length + count <= this.#bytes.length) return
    const more = Buffer.alloc(2 * (this.length + count))
    this.#bytes.copy(more, 0, 0, this.length)
    this.#bytes = more
  }
}
