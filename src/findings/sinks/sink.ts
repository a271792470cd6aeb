// Where do findings go? A sink takes them as lines, one after the other, and writes them in its format. A new format is a file beside
// this one and a line in index.ts. What it takes of a finding was written by whoever wrote the evidence: it goes through base/shown.ts.

import type { Zone } from '../../base/zone.ts'

import type { Checked } from '../../posture/checks/judge.ts'

import type { WrittenFinding } from '../written.ts'

export interface SinkOptions {
  /** Takes text, in whatever pieces; as UTF-8 it is valid during the call. */
  readonly write: (text: string | Uint8Array) => void
  readonly colour: boolean
  /** Where formats for people show times; programs read UTC. */
  readonly zone?: Zone
  /** Columns of the terminal; Infinity where whole values are wanted. */
  readonly width: number
  /** Findings shown of each rule, where a format shows some. */
  readonly examples: number
}

export interface Wanted {
  readonly file: string
  readonly record: number
  readonly offset: number
}

/** One record of one file. */
export function eventKey({ file, record, offset }: Wanted): string {
  return `${record} ${offset} ${file}`
}

export interface Sink {
  finding(finding: WrittenFinding): void
  /** Events that it would show whole; asked before `end`. */
  wanted?(): readonly Wanted[]
  /** No more will come. */
  end(run?: RunReport): void
}

/** A rule fired, could have, or could not. */
export type Sight = 'saw' | 'can see' | 'blind'

/** Of the rules of one technique on one platform: how many fired, were quiet, were blind. */
export type SightCounts = Readonly<Record<Sight, number>>

export interface CoverageRow {
  readonly technique: string
  readonly platforms: Readonly<Record<string, SightCounts>>
}

/** Of a technique: whether it is stopped, and whether it would be seen. */
export interface StoppedAndSeen {
  readonly technique: string
  readonly name: string
  readonly pass: number
  readonly fail: number
  readonly unknown: number
  /** Titles of checks that fail. */
  readonly failing: readonly string[]
  readonly sight: Sight | 'no rule'
  /** In words: "Dynamic Data Exchange: disabled by policy, and you would see it". */
  readonly said: string
}

export type EventFields = Readonly<Record<string, unknown>>

/** What a run says of itself besides findings: what was read, what was not, what was blind, and what is known of the hosts. */
export interface RunReport {
  /** Techniques by id. */
  readonly names?: ReadonlyMap<string, string>
  readonly coverage?: readonly CoverageRow[]
  readonly posture?: readonly Checked[]
  readonly joined?: readonly StoppedAndSeen[]
  /** Whole events, by `eventKey`. */
  readonly events?: ReadonlyMap<string, EventFields>
  readonly sections: readonly {
    readonly title: string
    readonly items: readonly string[]
  }[]
}

export interface SinkFormat {
  /** One line for `--help`. */
  readonly what: string
  /** What files of this format end in, without the dot; an ending of several tells the first of them. */
  readonly extensions: readonly string[]
  open(options: SinkOptions): Sink
}
