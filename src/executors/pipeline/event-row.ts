// Makes a row of an event: the fields that the search needs under the names that it uses, each looked up where the search's
// vocabulary says.
import { flattenJson, parseJson } from '../../base/json-path.ts'
import type { Value as EventValue } from '../../base/record.ts'

import { ByShape } from '../../event/by-shape.ts'
import { type Event, type EventShape, fieldOf } from '../../event/event.ts'
import { sourcetypeOf } from '../../event/sources/sourcetypes.ts'

import type { FieldSource, Resolution } from '../../ir/field-source.ts'
import { filledValue, readSource } from '../../ir/field-source.ts'
import type { Predicate } from '../../ir/predicate.ts'
import type { Test } from '../../meaning/predicate.ts'

import { testOfEvent } from './condition.ts'
import { Row } from './row.ts'
import type { Value } from './values.ts'
import { fromEvent, fromList } from './values.ts'

interface Column {
  readonly name: string
  readonly sources: readonly {
    readonly source: FieldSource
    readonly at: number
  }[]
}

/** Of rows with all fields. */
export interface RowOptions {
  /** They have `_raw`, which costs as much as all others. */
  readonly raw: boolean
  /** What the objects of a list hold are fields of their own (`users{}.type`), for names with wildcards. */
  readonly members: boolean
}

function addMembers(row: Row, name: string, value: Value): void {
  const isList = typeof value === 'string' && value.startsWith('[{')
  const list = isList ? parseJson(value) : undefined
  if (list === undefined) return
  for (const [path, values] of flattenJson(list))
    row.set(`${name}${path}`, fromList(values))
}

export class RowMaker {
  readonly #needed: ReadonlySet<string> | undefined
  readonly #resolutions: Readonly<Record<string, Resolution>>
  readonly #plans = new ByShape((shape) => this.#columns(shape))
  readonly #tests = new Map<Predicate, Test<Event>>()
  readonly #metadata: readonly string[]
  readonly #members: boolean

  constructor(
    needed: ReadonlySet<string> | undefined,
    resolutions: Readonly<Record<string, Resolution>>,
    { raw, members }: RowOptions = { raw: false, members: false },
  ) {
    this.#members = members
    this.#needed = needed
    this.#resolutions = resolutions
    this.#metadata = Object.keys(metadata).filter((name) =>
      needed ? needed.has(name) : raw || name !== '_raw',
    )
  }

  row(event: Event): Row {
    const row = new Row()
    for (const name of this.#metadata) row.set(name, metadata[name]!(event))
    for (const { name, sources } of this.#plans.of(event.shape)) {
      for (const { source, at } of sources) {
        const value = fromEvent(this.#read(source, at, event))
        if (value === null) continue
        row.set(name, value)
        if (this.#members) addMembers(row, name, value)
        break
      }
    }
    return row
  }

  /** One value of an event under the search's name. */
  value(event: Event, name: string): Value | null {
    const own =
      Object.hasOwn(metadata, name) && !Object.hasOwn(this.#resolutions, name)
    if (own) return metadata[name]!(event)
    for (const { source, at } of this.#sources(event.shape, name)) {
      const value = fromEvent(this.#read(source, at, event))
      if (value !== null) return value
    }
    return null
  }

  #read(source: FieldSource, at: number, event: Event): EventValue | undefined {
    if (source.kind === 'field') return filledValue(event.value(at))
    return readSource(
      source,
      (name) => fieldOf(event, name),
      (p) => this.#holds(p, event),
    )
  }

  #holds(p: Predicate, event: Event): boolean {
    let test = this.#tests.get(p)
    if (!test) {
      test = testOfEvent(p)
      this.#tests.set(p, test)
    }
    return test(event)
  }

  #columns(shape: EventShape): readonly Column[] {
    const names =
      this.#needed ??
      new Set([...shape.names, ...Object.keys(this.#resolutions)])
    return [...names].flatMap((name) => {
      const sources = this.#sources(shape, name)
      if (!sources.length) return []
      if (!this.#isTaken(name)) return [{ name, sources }]
      return this.#needed ? [] : [{ name: `extracted_${name}`, sources }]
    })
  }

  /** What a record calls as Splunk calls what it says of every event itself. A text of its own is the raw one. */
  #isTaken(name: string): boolean {
    const isMetadata = Object.hasOwn(metadata, name) && name !== '_raw'
    return isMetadata && !Object.hasOwn(this.#resolutions, name)
  }

  #sources(shape: EventShape, name: string): Column['sources'] {
    const own: FieldSource = { kind: 'field', name }
    const resolution = Object.hasOwn(this.#resolutions, name)
      ? this.#resolutions[name]!
      : [own]
    return resolution.flatMap((source): Column['sources'] => {
      if (source.kind === 'constant' || source.kind === 'cases')
        return [{ source, at: -1 }]
      const at = shape.indexOf(source.name)
      return at < 0 ? [] : [{ source, at }]
    })
  }
}

/** What an event says of itself without a field, under Splunk's names. */
const metadata: Readonly<Record<string, (event: Event) => Value | null>> = {
  _time: (event) => {
    const ms = event.time()
    return ms === undefined ? null : ms / 1000
  },
  host: (event) => event.host() ?? null,
  source: (event) => event.origin.file,
  sourcetype: (event) => sourcetypeOf(event.shape),
  _raw: (event) => rawOf(event),
}

/** The fields as JSON, lists of objects as what they are: formats other than text have no line of their own. */
function rawOf(event: Event): string {
  const out: Record<string, unknown> = {}
  event.shape.names.forEach((name, i) => {
    const own = event.value(i)
    const isList = typeof own === 'string' && own.startsWith('[{')
    const value = (isList ? parseJson(own) : undefined) ?? own
    if (value !== undefined && value !== null)
      Object.defineProperty(out, name, { value, enumerable: true })
  })
  return JSON.stringify(out)
}
