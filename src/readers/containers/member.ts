// What a source is made of, seen from whoever reads it: members with bytes, and what could not be read.
import type { Inside, Package, PackageMember, Reader } from '../reader.ts'

/** One stretch of readable bytes: a file, a range of a file, a member of an archive. */
export interface SourceMember {
  /** The path as given; of a member `outer.zip!inner.json`, of a compressed file the file itself. A label only. */
  readonly file: string
  /** The last part of the name, without `.gz`: a tie-break for recognition. */
  readonly name: string
  /** Offset in the file or member of the first byte that the reader will be given. */
  readonly start: number
  readonly linesBefore: number
  /** A part of a document that nobody asked for: only telemetry is of interest, and nothing is said of anything else. */
  readonly isSpare?: true
  /** It was looked whether a zip stands at its end. */
  readonly isZipSought?: true
}

export type ProblemKind =
  /** Cannot be opened or read. */
  | 'unreadable'
  | 'empty'
  /** Known for what it is, but nothing here reads it. */
  | 'not-inspected'
  | 'encrypted'
  /** A named bound was reached; what came before was read. */
  | 'limit'
  /** Broken; what came before the break was read. */
  | 'damaged'

export interface SourceProblem {
  readonly file: string
  readonly kind: ProblemKind
  /** One line: what was found, with figures. */
  readonly message: string
}

export interface SourceVisitor {
  /**
   * Bytes are about to come. `head` is at most 64 KiB of their beginning. undefined: not of interest, the rest is not
   * read. `inside` takes what the reader finds within.
   */
  open(member: SourceMember, head: Buffer, inside: Inside): Reader | undefined
  /** A zip with these members, before any is read. undefined: they are sources of their own, or nobody reads such a package. */
  openPackage?(
    member: SourceMember,
    members: readonly PackageMember[],
    inside: Inside,
  ): ((opened: Package) => Promise<void>) | undefined
  problem(problem: SourceProblem): void
  /** So many more bytes of the input were read: compressed ones, where it is compressed. */
  progress?(bytes: number): void
}

/** Takes the bytes of one member. A block belongs to the caller again when the promise is fulfilled. */
export interface Flow {
  write(block: Buffer): Promise<void>
  end(): Promise<void>
  /** Nobody wants the rest. */
  readonly done: boolean
}

export const nowhere: Flow = {
  done: true,
  write: async () => {},
  end: async () => {},
}

/** For labels: control characters would let a member's name rewrite the terminal. */
export function printableName(name: string): string {
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')
}

export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replaceAll(/\s+/g, ' ').slice(0, 200)
}
