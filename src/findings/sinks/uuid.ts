// An identifier that is the same in every run, in the form that RFC 9562 calls version 5, or 4 where a format takes no other.
import { createHash } from 'node:crypto'

export function uuidOf(name: string, version: 4 | 5 = 5): string {
  const hash = createHash('sha1').update(`ipcwatch ${name}`).digest()
  hash[6] = (hash[6]! & 0x0f) | (version << 4)
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex', 0, 16)
  return [8, 12, 16, 20, 32]
    .map((to, i, all) => hex.slice(all[i - 1] ?? 0, to))
    .join('-')
}
