// The files of a cabinet, each as a source of its own, in the order of its folders' data: stored or compressed by MSZIP. Quantum and
// LZX are named. [MS-CAB].
import { LimitReached } from './budget.ts'
import { blocksOf, compressions, MSZIP } from './cabinet-blocks.ts'
import {
  type CabinetDirectory,
  cabinetDirectory,
  type CabinetFile,
  type CabinetFolder,
  continued,
} from './cabinet-directory.ts'
import type { Context, RandomAccess } from './context.ts'
import type { HeldArchive } from './held-flow.ts'
import {
  type Flow,
  messageOf,
  printableName,
  type ProblemKind,
  type SourceMember,
} from './member.ts'

export const cabinetArchive: HeldArchive = {
  what: 'a cabinet',
  begins: (head) => head.toString('latin1', 0, 4) === 'MSCF',
  read: readCabinet,
}

/** Reads what is in a cabinet and says what cannot be read. Never rejects. */
async function readCabinet(
  bytes: RandomAccess,
  context: Context,
  member: SourceMember,
): Promise<void> {
  const reading = new CabinetReading(bytes, context, member)
  try {
    await reading.run()
  } catch (error) {
    reading.say(error instanceof LimitReached ? 'limit' : 'damaged', error)
  }
}

class CabinetReading {
  readonly #bytes: RandomAccess
  readonly #context: Context
  readonly #member: SourceMember

  constructor(bytes: RandomAccess, context: Context, member: SourceMember) {
    this.#bytes = bytes
    this.#context = context
    this.#member = member
  }

  say(kind: ProblemKind, what: unknown, file = this.#member.file): void {
    const message = `cabinet: ${messageOf(what)}`
    this.#context.visitor.problem({ file, kind, message })
  }

  async run(): Promise<void> {
    const directory = await cabinetDirectory(this.#bytes)
    const { folders, files, lost } = directory
    if (lost > 0)
      this.say('damaged', `${lost} files that it states are not listed`)
    if (files.length === 0) this.say('empty', 'without files')
    const elsewhere = files.filter((f) => f.folder >= continued)
    this.#refuse(elsewhere, 'not-inspected', 'go on in another cabinet')
    const nowhere = files.filter(
      ({ folder }) => folder < continued && folder >= folders.length,
    )
    this.#refuse(nowhere, 'damaged', 'lie in a folder that it does not have')
    const byFolder = folders.map((): CabinetFile[] => [])
    for (const file of files) byFolder[file.folder]?.push(file)
    for (const [i, folder] of folders.entries()) {
      const own = byFolder[i]!
      if (own.length === 0) continue
      if (this.#context.signal?.aborted) return
      await this.#folder(folder, own, directory)
    }
  }

  /** Said once for all of them. */
  #refuse(files: readonly CabinetFile[], kind: ProblemKind, why: string) {
    const [first] = files
    if (!first) return
    const name = printableName(first.name)
    this.say(kind, `files ${why}: ${files.length}, first "${name}"`)
  }

  async #folder(
    folder: CabinetFolder,
    files: readonly CabinetFile[],
    { blockReserve }: CabinetDirectory,
  ) {
    if (folder.compression > MSZIP) {
      const by = compressions[folder.compression] ?? `${folder.compression}`
      this.#refuse(files, 'not-inspected', `are compressed by ${by}`)
      return
    }
    const { apart, overlapping } = inOrder(files)
    this.#refuse(overlapping, 'damaged', 'claim bytes of others')
    const data = new FolderData(
      blocksOf(this.#bytes, folder, blockReserve),
      (bytes) => this.#context.budget.expanded(bytes),
    )
    try {
      for (const file of apart) {
        if (this.#context.signal?.aborted) return
        await this.#file(file, data)
      }
    } finally {
      await data.close()
      const [first, ...more] = data.faults
      if (first !== undefined) {
        const others = more.length ? `, and ${more.length} more blocks` : ''
        this.say('damaged', `${first}${others}; its data were read`)
      }
    }
  }

  async #file(file: CabinetFile, data: FolderData) {
    this.#context.budget.member()
    const shown = printableName(file.name)
    const label = `${this.#member.file}!${shown}`
    const flow = this.#context.inside({
      ...{ file: label, name: shown.split('/').at(-1)! },
      ...{ start: 0, linesBefore: 0 },
    })
    let given = 0
    try {
      given = await data.give(file.from, file.bytes, flow)
    } finally {
      await flow.end()
    }
    const why = data.broken === undefined ? '' : ` (${data.broken})`
    if (!flow.done && given < file.bytes)
      this.say(
        'damaged',
        `cut off, ${file.bytes - given} bytes are missing${why}`,
        label,
      )
  }
}

/** As their data lie; one that begins within another is none of its folder's. */
function inOrder(files: readonly CabinetFile[]) {
  const apart: CabinetFile[] = []
  const overlapping: CabinetFile[] = []
  let end = 0
  for (const file of files.toSorted((a, b) => a.from - b.from)) {
    if (file.from < end && file.bytes > 0) overlapping.push(file)
    else {
      apart.push(file)
      end = file.from + file.bytes
    }
  }
  return { apart, overlapping }
}

/** What a folder holds, taken from its beginning on. */
class FolderData {
  readonly #blocks: ReturnType<typeof blocksOf>
  readonly #count: (bytes: number) => void
  #block: Buffer = Buffer.alloc(0)
  /** Of the block, in the folder. */
  #at = 0
  readonly faults: string[] = []
  /** Why nothing more comes. */
  broken: string | undefined

  constructor(
    blocks: ReturnType<typeof blocksOf>,
    count: (bytes: number) => void,
  ) {
    this.#blocks = blocks
    this.#count = count
  }

  /** How many of the bytes there were. Throws LimitReached. */
  async give(from: number, bytes: number, to: Flow): Promise<number> {
    const end = from + bytes
    let at = from
    while (at < end && !to.done) {
      if (at >= this.#at + this.#block.length) {
        if (!(await this.#next())) break
        continue
      }
      const piece = this.#block.subarray(at - this.#at, end - this.#at)
      await to.write(piece)
      at += piece.length
    }
    return at - from
  }

  async close(): Promise<void> {
    await this.#blocks.return(undefined)
  }

  async #next(): Promise<boolean> {
    this.#at += this.#block.length
    this.#block = Buffer.alloc(0)
    try {
      const { value, done } = await this.#blocks.next()
      if (done) return false
      this.#block = value.data
      if (value.fault) this.faults.push(value.fault)
    } catch (error) {
      this.broken ??= messageOf(error)
      return false
    }
    this.#count(this.#block.length)
    return true
  }
}
