// Where do findings go? A sink takes them as lines, one after the other, and writes them in its format. A new format is a file beside
// this one and a line in index.ts. What it takes of a finding was written by whoever wrote the evidence: it goes through base/shown.ts.

import type { Zone } from '../../base/zone.ts'

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

export interface Sink {
  finding(finding: WrittenFinding): void
  /** No more will come. */
  end(run?: RunReport): void
}

/** What a run says of itself besides findings: what was read, what was not, what was blind. */
export interface RunReport {
  readonly sections: readonly {
    readonly title: string
    readonly items: readonly string[]
  }[]
}

export interface SinkFormat {
  /** One line for `--help`. */
  readonly what: string
  /** What files of this format end in, without the dot. */
  readonly extensions: readonly string[]
  open(options: SinkOptions): Sink
}
