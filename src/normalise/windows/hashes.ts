// Sysmon writes all hashes of a file as one string, `SHA1=…,MD5=…,SHA256=…,IMPHASH=…`.
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'

/** Longest string looked at, in UTF-16 units: four hashes take some 200. */
const maxHashes = 1024

export type HashName = 'md5' | 'sha1' | 'sha256' | 'imphash'

export function hashOf(text: string, name: HashName): string | undefined {
  if (text.length > maxHashes) return undefined
  if (text !== last.text) last = { text, hashes: hashesIn(text) }
  return last.hashes.get(name)
}

/** All kinds are asked of one event. */
let last = { text: '', hashes: new Map<string, string | undefined>() }

function hashesIn(text: string): Map<string, string | undefined> {
  const hashes = new Map<string, string | undefined>()
  for (const part of text.split(',')) {
    const cut = part.indexOf('=')
    const name = part.slice(0, cut).trim().toLowerCase()
    if (!hashes.has(name))
      hashes.set(name, part.slice(cut + 1).trim() || undefined)
  }
  return hashes
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
