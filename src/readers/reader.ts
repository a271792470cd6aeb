// What every format gives: recognise a source by its first bytes, then turn blocks of bytes into records.
// Readers are pushed, not pulled, so that a file, a member of an archive, a pipe and a range of a file are all alike,
// and so that the caller decides when to pause.
import type { Damage, Provenance, SourceRecord } from '../base/record.ts'

/** Which records are worth decoding: decided by the rules in force, asked once for a provenance. */
export interface Gate {
  wants(provenance: Provenance): boolean
  /**
   * false: no record of family `windows` with this event id is wanted, whatever its provider and channel. Absent: not
   * known. Lets text be skipped before it is parsed.
   */
  wantsEventId?(id: string): boolean
}

/** Where nobody asks. */
export const everyRecord: Gate = { wants: () => true }

export interface RecordSink {
  /** The record is valid only during the call. */
  record(record: SourceRecord): void
  /**
   * Does it matter that there is one more of such records, and not what it holds? Asked after one was given; of those that have
   * its shape and provenance, each with a value that is not empty for all of its names. Absent: it matters.
   */
  areCounted?(like: SourceRecord): boolean
  /** So many more of the records of which that was asked last. */
  counted?(count: number): void
  /**
   * A record that the gate did not want: counted, not decoded. `writtenAt` as in SourceRecord. `of`: its host, which may be left out
   * where the record before had the same, or the record, which says it: what is said of the input does not depend on the rules.
   */
  skipped(count: number, writtenAt?: number, of?: string | SourceRecord): void
  damaged(damage: Damage): void
  /**
   * A record of a shape nobody recognises; it was also given to `record` with provenance `unknown`. `keys`: its
   * top-level names, at most 12. Readers report a shape once; the summary counts events by provenance.
   */
  unknownShape(keys: readonly string[], line: number): void
  /** The shape of the source, in words for the summary: `NXLog JSON lines`. Called once or more, as shapes appear. */
  shapeSeen(name: string): void
}

export interface ReaderOptions {
  readonly sink: RecordSink
  readonly gate?: Gate
  /** Offset in the file of the first byte that will be pushed (a range of a larger file), 0 by default. */
  readonly start?: number
  /** Number of lines before `start`, for formats whose record number is the line. */
  readonly linesBefore?: number
  /** No line is taken to be written as one before was: the reference for what is gained by it. */
  readonly parsesAll?: true
  /** The label of the source: `mail.eml!terms.docx`. */
  readonly file?: string
  /**
   * Reads what lies within the source (an attachment, an embedded object) as a source of its own, labelled as a member of
   * this one. Bounded as archives are; what is over is said. The bytes are kept until the promise is fulfilled.
   */
  readonly inside?: Inside
  /** Words stand around the records, of which nothing is lost: it is a letter. */
  readonly isSpare?: true
  /** Tried on what is encrypted, beside those that are tried of every document. */
  readonly passwords?: readonly string[]
  /** Something within could not be looked at, in words: the source is not known to be harmless. */
  readonly notInspected?: (why: string) => void
}

/** `spare`: nobody sent it as a file; it is read where it is telemetry, and nothing is said of anything else. */
export type Inside = (
  name: string,
  bytes: Buffer,
  how?: 'spare',
) => Promise<void>

export interface Reader {
  /** The block belongs to the caller, who may reuse it after the call returns: keep no reference. */
  push(block: Buffer): void
  /** No more bytes. Reports what is unfinished as damage. */
  end(): void | Promise<void>
  /** The source is quiet (a live one): gives out what only waits for records that were overtaken. */
  settle?(): void
  /** Where a new reader may go on in this one's place. undefined, or absent: nowhere but at the beginning. */
  settled?(): Settled | undefined
}

/** A place in a source: everything before it was given out. */
export interface Settled {
  /** Of a byte in the file. */
  readonly offset: number
  readonly linesBefore: number
}

interface Named {
  /** As in the summary: `evtx`, `jsonl`, `windows-xml`, `auditd`. */
  readonly name: string
}

interface Recognised extends Named {
  /**
   * How sure the format is of a source that begins so: 0 not mine, 1 possible, 2 likely, 3 certain (magic). `head` is
   * at most 64 KiB, `name` a tie-break only.
   */
  detect(head: Buffer, name: string): 0 | 1 | 2 | 3
}

/** Read as its bytes come, whatever its size: logs. */
export interface StreamFormat extends Recognised {
  readonly read: 'stream'
  open(options: ReaderOptions): Reader
  /**
   * Cuts a large file for parallel reading. Absent: never cut. `blocks`: at multiples of `size` after `header` bytes;
   * `lines`: after any line break.
   */
  readonly split?:
    | { readonly by: 'blocks'; readonly header: number; readonly size: number }
    | {
        readonly by: 'lines'
        /** Does a source that begins so hold one record a line? Absent: always. */
        readonly allowed?: (head: Buffer) => boolean
      }
}

/** Read when all of it is there, because its parts point at each other: OLE2, RTF. */
export interface WholeFormat extends Recognised {
  readonly read: 'whole'
  /** A larger source is refused and said, in bytes. */
  readonly maxBytes: number
  /** The bytes are the reader's until it is done. */
  take(bytes: Buffer, options: ReaderOptions): void | Promise<void>
}

/** A zip whose members are one thing together: an office document. */
export interface PackageFormat extends Named {
  readonly read: 'package'
  /** By the names of its members, at most 100,000; as `detect`. */
  recognises(names: ReadonlySet<string>): 0 | 1 | 2 | 3
  /** The options' offsets are those of the package, which has one record for each thing found in it. */
  take(opened: Package, options: ReaderOptions): Promise<void>
}

export type Format = StreamFormat | WholeFormat | PackageFormat

export interface Package {
  readonly members: readonly PackageMember[]
  /** All of one member. undefined: there is none, it has more than `maxBytes`, or it is broken; the last two are said. */
  read(name: string, maxBytes: number): Promise<Buffer | undefined>
}

export interface PackageMember {
  readonly name: string
  /** In bytes, as the package states it; it may lie. */
  readonly size: number
}
