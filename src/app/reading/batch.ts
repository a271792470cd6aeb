// What crosses from the place where rules run to the place where findings are put together: text and numbers only, so that it is
// cheap between threads and the same without them.
import type { Damage, Value } from '../../base/record.ts'

import type { EvidencePart, FindingPart } from '../../findings/assemble.ts'

import type { FedEvent } from './fed-event.ts'

/** A match that waits for its twin: the same process start, written by another provider. */
export interface TwinCandidate {
  readonly rule: string
  /** Rule, host, process id and image: equal for twins. */
  readonly key: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** Sysmon tells more of a process than the Security log, so its record leads. */
  readonly leads: boolean
  readonly finding: FindingPart
}

/** A match of a rule that a correlation reads. */
export interface BaseMatch {
  readonly rule: string
  readonly time: number | undefined
  readonly host: string | undefined
  readonly fields: Readonly<Record<string, Value>>
  readonly evidence: EvidencePart
  /** Orders matches of one time the same way in every run; equal for one record in several places. */
  readonly order: string
}

export interface Batch {
  /** Findings as NDJSON lines, each with its line break. */
  readonly lines: string
  /** How many findings of each rule `lines` holds: rule index, count, rule index, count. */
  readonly counts: readonly number[]
  readonly twins: readonly TwinCandidate[]
  readonly bases: readonly BaseMatch[]
  /** Events that searches with operators picked. */
  readonly fed: readonly FedEvent[]
  /** How far the piece is, while it is long. */
  readonly reading?: Reading
}

/** Of one piece, so far. */
export interface Reading {
  readonly bytes: number
  readonly events: number
}

/** What was read of one file, or of one member of an archive. */
export interface SourceReport {
  readonly name: string
  /** The format's name, undefined where none recognised it. */
  readonly format: string | undefined
  /** What it is that no format recognised (`7z archive`), undefined where one did. */
  readonly content: string | undefined
  /** Its bytes were offered to a reader; an archive is only a wrapping of others. */
  readonly opened: boolean
  /** Shapes of records that the reader named. */
  readonly shapes: readonly string[]
  readonly bytes: number
  /** Records decoded, and records that no rule in force could want. */
  readonly events: number
  readonly skipped: number
  /** The first of them; `damagedCount` says how many there were. */
  readonly damaged: readonly Damage[]
  readonly damagedCount: number
  readonly lost: number
  readonly unknownShapes: readonly {
    readonly keys: readonly string[]
    readonly line: number
  }[]
  /** What kept this source from being read, wholly or in part. */
  readonly problems: readonly string[]
}

export interface PieceReport {
  readonly sources: readonly SourceReport[]
  /** Of the events decoded, and of EVTX records skipped; milliseconds since 1970. */
  readonly earliest: number | undefined
  readonly latest: number | undefined
  readonly hosts: readonly string[]
}

/** A file, or a part of one. */
export interface Piece {
  readonly path: string
  /** The path as the user gave it, for evidence. */
  readonly display: string
  readonly start?: number
  readonly end?: number
  readonly linesBefore?: number
  /** Of a part: what the whole file was recognised as. */
  readonly format?: string
  readonly bytes: number
}
