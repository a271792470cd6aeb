// What does a header of a tar say? POSIX pax, "ustar Interchange Format"; GNU tar, "The Basic Tar Format".

export const tarBlockBytes = 512

export interface TarHeader {
  readonly name: string
  /** Bytes of data behind the header, as stated. */
  readonly size: number
  /** `file`, `directory`; `name`, `extended` and `ignored` say something of other members; else what it is, in words. */
  readonly kind: string
}

const kinds: { readonly [type: string]: string } = {
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'fifo',
  D: 'directory',
  // Of the next member: GNU's long name, and pax's records with its path and size.
  L: 'name',
  x: 'extended',
  // A long target of a link, records for all members, a volume's label: nothing here is theirs.
  K: 'ignored',
  g: 'ignored',
  V: 'ignored',
}

/** `end`: a block of zeros. undefined: no header, its checksum does not hold. */
export function readTarHeader(block: Buffer): TarHeader | 'end' | undefined {
  const stated = octal(block, 148, 8)
  let sum = 0
  for (let i = 0; i < tarBlockBytes; i++) sum += block[i]!
  if (sum === 0) return 'end'
  // The checksum's own field counts as eight blanks.
  for (let i = 148; i < 156; i++) sum += 0x20 - block[i]!
  if (sum !== stated) return undefined
  const size = numberAt(block, 124, 12)
  if (size < 0) return undefined
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isPosix ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  const type = String.fromCharCode(block[156]!)
  const unread = `member of type ${JSON.stringify(type)}`
  // A label has no data: what has some is none.
  const kind = type === 'V' && size > 0 ? unread : (kinds[type] ?? unread)
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size,
    kind: kind === 'file' && name.endsWith('/') ? 'directory' : kind,
  }
}

function text(block: Buffer, at: number, length: number): string {
  const bytes = block.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? length : end)
}

function octal(block: Buffer, at: number, length: number): number {
  const m = /^[ \0]*([0-7]{1,11})[ \0]/.exec(
    `${block.toString('latin1', at, at + length)} `,
  )
  return m ? Number.parseInt(m[1]!, 8) : -1
}

/** GNU writes what octal cannot hold in base 256, the first bit set. -1: none of the two. */
function numberAt(block: Buffer, at: number, length: number): number {
  if (block[at] !== 0x80) return octal(block, at, length)
  const n = block.readBigUInt64BE(at + length - 8)
  return n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : -1
}

/** `27 path=…\n` one after another. */
export function paxRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at)
    const length = Number(bytes.toString('latin1', at, Math.max(at, blank)))
    if (blank < 0 || !(length > blank - at)) break
    const record = bytes.toString('utf8', blank + 1, at + length - 1)
    const equals = record.indexOf('=')
    if (equals > 0)
      records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}
