// What is told of a provider of events, once: where its events stand, what they are and have, and how Splunk calls them.
import type { LogSourceSelector } from '../log-source.ts'

/** One kind of event, by the provider's own id. */
export interface EventKind {
  /** Sigma's categories; of several the most specific last. */
  readonly categories: readonly string[]
  /** The fields of its own, where their list is published and closed. */
  readonly fields?: readonly string[]
  /** A process start that other providers write too: does this record tell more of it than theirs? */
  readonly start?: 'leads' | 'follows'
}

export type EventKinds = Readonly<Record<string, EventKind>>

/** `fields`: parted by blanks. */
export function kind(
  categories: string | readonly string[],
  fields?: string,
  start?: EventKind['start'],
): EventKind {
  return {
    categories: [categories].flat(),
    ...(fields !== undefined && { fields: fields.split(' ') }),
    ...(start && { start }),
  }
}

/** A source as Splunk's users name it. */
export interface NamedSource {
  readonly selector: LogSourceSelector
  /** Splunk's names of it, from its add-ons and as people write them; rows bear the first. */
  readonly sourcetypes: readonly string[]
  /** Where the selector is not narrow enough: a field that events of the source have and others have not. */
  readonly mark?: string
}
