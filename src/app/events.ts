// `events`: what the readers see, in the order of the input.
import { Input, type InputListener, type InputRequest } from './input.ts'
import type { InputTotals } from './reading/input-totals.ts'
import { whereAsksEdges } from './rules/asked-edges.ts'
import { fieldOfWhere } from './rules/where.ts'
import { notesOn, SeenEvents } from './seen-events.ts'
import { usual } from './stations/event-rows.ts'
import type { EventTextConfig, TextPart } from './stations/event-text.ts'
import { type EventsConfig, eventsTrack } from './stations/events-track.ts'
import {
  type AskedNames,
  isPlainName,
  NamesMet,
  type NamesPart,
} from './stations/names.ts'
import type { ScopeConfig } from './stations/scope.ts'
import type { Part } from './stations/station.ts'

export interface EventsRequest
  extends InputRequest,
    EventTextConfig,
    ScopeConfig {}

export interface EventsOutcome {
  readonly totals: InputTotals
  /** Events that the person asked about; undefined: about all. */
  readonly inScope: number | undefined
  /** Names in conditions and among fields that no event has, each with what is nearest. */
  readonly strangers: readonly string[]
  /** Names that events have, where a format has columns for the usual ones alone and nobody chose. */
  readonly leftOut: readonly string[]
}

export interface EventsListener extends InputListener {
  /** Whole lines. */
  text(text: string, events: number): void
}

export async function printEvents(
  { paths, workers, passwords, localTimes, ...config }: EventsRequest,
  listener: EventsListener,
  signal: AbortSignal,
): Promise<EventsOutcome> {
  const input = await Input.open(
    {
      paths,
      ...(workers !== undefined && { workers }),
      ...(passwords && { passwords }),
      ...(localTimes && { localTimes }),
    },
    listener,
    signal,
  )
  try {
    const asked = askedBy(config)
    const job = { asked, ...config, copies: input.mayHoldCopies }
    const names = new NamesMet(asked)
    const inside = await printAll(input, job, names, listener, signal)
    const strangers = inside === 0 ? [] : names.strangers()
    const leftOut =
      config.format === 'csv' && !config.fields ? names.besides(usual) : []
    return { totals: input.totals, inScope: inside, strangers, leftOut }
  } finally {
    input.close()
  }
}

/** How many events the person asked about; undefined: about all. */
async function printAll(
  input: Input,
  job: EventsConfig,
  names: NamesMet,
  listener: EventsListener,
  signal: AbortSignal,
): Promise<number | undefined> {
  const problem = (message: string) => listener.problem(message)
  const seen = new SeenEvents()
  const take = (part: Part) => {
    if (part.kind === 'names') return names.take(part as NamesPart)
    const { text, events } = withoutCopies(part as TextPart, seen)
    if (events > 0) listener.text(text, events)
  }
  const edges = whereAsksEdges(job.where)
    ? await import('./edges.ts')
    : undefined
  const made = edges && new edges.MadeEdges(eventsTrack(job), take, problem)
  const facts = edges && { facts: edges.factsOfAllEdges }
  const { inside } = await input.read(
    { kind: 'events', ...job, ...facts },
    (parts) => parts.forEach(made ? (p) => made.take(p) : take),
    signal,
  )
  made?.finish()
  for (const note of notesOn(seen, 'printed')) (listener.note ?? problem)(note)
  return inside
}

/** The part without its copies. */
function withoutCopies(part: TextPart, seen: SeenEvents) {
  const { text, events } = part
  const isCopy = seen.copiesAmong(part)
  const copies = isCopy.filter(Boolean).length
  if (copies === 0) return { text, events }
  const lines = text.split('\n').filter((_, i) => !isCopy[i])
  return { text: lines.join('\n'), events: events - copies }
}

function askedBy({ fields = [], where }: EventTextConfig): AskedNames {
  const tested = where.map(fieldOfWhere).filter((name) => name !== 'host')
  const names = [...fields, ...tested].filter(isPlainName)
  return Object.fromEntries(names.map((name) => [name, [name]]))
}
