// Images of discs, of one folder in another, with any lie in them: for tests.
const sectorBytes = 2048

export interface DiscFile {
  readonly name: string
  readonly content: string | Buffer
}

export interface DiscParts {
  readonly files: readonly DiscFile[]
  /** With names of Joliet: UTF-16, of any length. */
  readonly isWide?: boolean
  /** Where the folder `in` says that it lies; by default where it does. */
  readonly folderAt?: number
  /** All files lie where the first one does. */
  readonly isShared?: boolean
}

const rootAt = 20
const folderAt = 21
const filesAt = 22

/** All files lie in the folder `in`. */
export function discOf(parts: DiscParts): Buffer {
  const { files, isWide = false } = parts
  const contents = files.map((f) => Buffer.from(f.content))
  const starts: number[] = []
  let at = filesAt
  for (const content of contents) {
    starts.push(at)
    at += Math.ceil(content.length / sectorBytes)
  }
  const disc = Buffer.alloc(at * sectorBytes)
  contents.forEach((c, i) => {
    c.copy(disc, starts[i]! * sectorBytes)
  })
  const nameOf = (text: string) =>
    isWide ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'latin1')
  const dots = [
    record(Buffer.of(0), rootAt, sectorBytes, 2),
    record(Buffer.of(1), rootAt, sectorBytes, 2),
  ]
  const folder = parts.folderAt ?? folderAt
  Buffer.concat([...dots, record(nameOf('in'), folder, sectorBytes, 2)]).copy(
    disc,
    rootAt * sectorBytes,
  )
  const entries = files.map((f, i) =>
    record(
      nameOf(`${f.name};1`),
      starts[parts.isShared ? 0 : i]!,
      contents[parts.isShared ? 0 : i]!.length,
      0,
    ),
  )
  Buffer.concat([...dots, ...entries]).copy(disc, folderAt * sectorBytes)
  descriptor(disc, 16, 1)
  if (isWide) descriptor(disc, 17, 2).write('%/E', 88, 'latin1')
  descriptor(disc, isWide ? 18 : 17, 255)
  return disc
}

function descriptor(disc: Buffer, sector: number, type: number): Buffer {
  const bytes = disc.subarray(sector * sectorBytes, (sector + 1) * sectorBytes)
  bytes[0] = type
  bytes.write('CD001\x01', 1, 'latin1')
  record(Buffer.of(0), rootAt, sectorBytes, 2).copy(bytes, 156)
  return bytes
}

function record(
  name: Buffer,
  sector: number,
  length: number,
  flags: number,
): Buffer {
  const bytes = Buffer.alloc(33 + name.length + (name.length % 2 ? 0 : 1))
  bytes[0] = bytes.length
  bytes.writeUInt32LE(sector, 2)
  bytes.writeUInt32LE(length, 10)
  bytes[25] = flags
  bytes[32] = name.length
  name.copy(bytes, 33)
  return bytes
}
