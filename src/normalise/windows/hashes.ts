// Sysmon writes all hashes of a file as one string, `SHA1=…,MD5=…,SHA256=…,IMPHASH=…`.

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
