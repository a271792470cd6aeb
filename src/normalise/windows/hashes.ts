// Sysmon writes all hashes of a file as one string, `SHA1=…,MD5=…,SHA256=…,IMPHASH=…`.
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'

/** Longest string looked at, in UTF-16 units: four hashes take some 200. */
const maxHashes = 1024

export type HashName = 'md5' | 'sha1' | 'sha256' | 'imphash'

export function hashOf(text: string, name: HashName): string | undefined {
  if (text.length > maxHashes) return undefined
  for (const part of text.split(',')) {
    const cut = part.indexOf('=')
    if (part.slice(0, cut).trim().toLowerCase() === name) {
      return part.slice(cut + 1).trim() || undefined
    }
  }
  return undefined
}

/** As Sysmon writes them, of the kinds that there are; undefined where there is none. */
export function hashList(
  hashes: Readonly<Record<string, Value | undefined>>,
): string | undefined {
  const known = Object.entries(hashes).flatMap(([kind, hash]) => {
    const text = textOf(hash)
    return text ? [`${kind}=${text}`] : []
  })
  return known.length ? known.join(',') : undefined
}
