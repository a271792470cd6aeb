// What an analyst gets: a rule's match with evidence that points at the bytes. Later fields may be added; these stay.
import type { Value } from '../base/record.ts'

import type { Level } from '../ir/rule.ts'

/** Places named of one record. */
export const maxPlaces = 100

export interface Place {
  readonly file: string
  readonly record: number
  readonly offset: number
}

export interface Evidence extends Place {
  /** The path as given; a member of an archive is `outer.zip!inner.json`. */
  readonly file: string
  readonly record: number
  /** Byte offset of the record in the file or member. */
  readonly offset: number
  /** Where the same record lies in several places: all of them, this one among them. */
  readonly places?: readonly Place[]
  /** ISO 8601, UTC; null where the event tells no time. */
  readonly time: string | null
  readonly logSource: {
    readonly product?: string
    readonly category?: string
    readonly service?: string
  }
  /** What it shares with records of the same incident: processes, sessions, endpoints, files, programs. */
  readonly ties?: readonly string[]
  /** The fields that the rule's conditions held on, and those its author wants shown. */
  readonly fields: Readonly<Record<string, Value>>
}

export interface Explanation {
  /** Why it matters: the rule's description. */
  readonly why?: string
  /** Which conditions held on which field, as text. */
  readonly held: readonly string[]
  /** Fields that the rule asks for and this event lacks: what could not be checked. */
  readonly missing: readonly string[]
  /** What is benign about it, sometimes. */
  readonly benign: readonly string[]
  /** ATT&CK mitigations that stop it. */
  readonly mitigations: readonly string[]
  /** A filter on these fields with these values would silence it. */
  readonly silence: readonly string[]
  /** Of a search with operators: the row that it gave. */
  readonly row?: Readonly<Record<string, unknown>>
  /** Of correlations, searches and rules that count: how many records are behind it; `evidence` may hold fewer. */
  readonly matches?: number
  /** Of rules that count: when the last of them was. */
  readonly last?: string
}

export interface Finding {
  /** The same for the same rule and evidence, in every run. */
  readonly id: string
  /** Findings of medium and above that share processes, sessions, endpoints, files or records have the same: the id of the first of them. */
  readonly incident?: string
  readonly time: string | null
  readonly host: string | null
  readonly rule: {
    readonly id: string
    readonly title: string
    readonly level: Level
  }
  /** Rules that say the same of this record in their own words, as a published analytic and its corrected form do. */
  readonly alsoRules?: readonly Finding['rule'][]
  readonly techniques: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly explanation: Explanation
}
