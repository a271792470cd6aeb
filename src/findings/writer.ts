// Turns matches into findings, fast enough to write one for each of several matches of every event: what a rule never changes is made
// once, what an event never changes once for the event. What `write` gives reads as `findingLine` of the same `part`.
import { type Digest, digest } from '../base/digest.ts'
import { flat } from '../base/flat.ts'
import type { Value } from '../base/record.ts'

import type { Event } from '../event/event.ts'
import { type LogSource, logSourceJson } from '../event/log-source.ts'

import type { DetectionRule } from '../ir/rule.ts'
import { fieldsOf } from '../ir/predicate.ts'

import {
  beforeFields,
  beforeRule,
  contentText,
  type EvidencePart,
  type FindingPart,
  timeText,
} from './assemble.ts'
import type { EventFindings, SharedText } from './event-findings.ts'
import { Identities, mixedDigest, type RecordIdentity } from './identity.ts'
import { type TieKeys, TieKeyMaker } from './incidents/tie-keys.ts'
import type { Tie } from './tie.ts'
import { Ties } from './ties.ts'
import {
  type FieldList,
  type HeldCondition,
  type Telling,
  Tellings,
} from './tellings.ts'

export class FindingWriter {
  readonly #rules: readonly Digest[]
  readonly #identities = new Identities()
  readonly #ties = new Ties()
  readonly #tieKeys = new TieKeyMaker()
  readonly #tellings: Tellings
  readonly #logSources = new Map<LogSource, string>()
  readonly #texts = new Map<string, string>()
  #event: Event | undefined
  /** Counts events, so that what was made for the one before is not taken for this one's. */
  #events = 0
  #time: number | undefined
  #host: string | undefined
  #identity: RecordIdentity | undefined
  #lastHostText = ''
  #lastMoreBytes = 0
  #contentOf: FieldList | undefined
  #contentText = ''

  constructor(rules: readonly DetectionRule[]) {
    this.#rules = rules.map(({ meta }) => digest(meta.id))
    this.#tellings = new Tellings(
      rules.map(({ meta, condition }) => ({
        asked: [...fieldsOf(condition)],
        shown: meta.fields,
        besides: meta.besides ?? [],
      })),
    )
  }

  /** Call once for an event before its findings. */
  begin(event: Event): void {
    this.#event = event
    this.#events++
    this.#contentOf = undefined
    this.#time = event.time()
    this.#host = event.host()
    this.#identity = this.#identities.of(event, this.#host, this.#time)
  }

  /** Of the event, in milliseconds since 1970. */
  get time(): number | undefined {
    return this.#time
  }

  /** Of the event: see `RecordIdentity`. */
  get record(): number {
    return this.#identity!.record
  }

  write(rule: number, held: readonly HeldCondition[], to: EventFindings): void {
    const telling = this.#telling(rule, held)
    const { fields } = telling
    if (!to.isAt(this.#events)) to.begin(this.#events, this.#shared())
    if (!to.has(fields)) to.addFields(fields, this.#fieldsText(fields))
    const id = mixedDigest(this.#rules[rule]!, this.#identity!.id)
    to.addFinding(rule, id, telling)
  }

  /** The same finding, for those who join it with others. */
  part(rule: number, held: readonly HeldCondition[]): FindingPart {
    return {
      rule: this.#rules[rule]!,
      time: this.#time,
      host: this.#host,
      evidence: [this.evidence(rule, held)],
      explanation: this.#telling(rule, held).explanation,
    }
  }

  /** The event as evidence of a rule. */
  evidence(rule: number, held: readonly HeldCondition[]): EvidencePart {
    // Member by member: an object that another is spread into has a layout of its own, which takes more than it does.
    const { id, record } = this.#identity!
    return {
      id,
      record,
      places: [flat(this.#placeText())],
      content: flat(this.#content(rule, held)),
    }
  }

  #telling(rule: number, held: readonly HeldCondition[]): Telling {
    return this.#tellings.of(this.#event!.shape, rule, held)
  }

  #shared(): SharedText {
    const host = this.#host
    const time = timeText(this.#time)
    const hostText = host === undefined ? 'null' : this.#text(host)
    const first = beforeRule(time, hostText)
    const ties = this.#ties.of(this.#event!)
    const place = this.#placeText()
    const source = this.#sourceText(time, ties)
    return {
      time: this.#time ?? Number.POSITIVE_INFINITY,
      record: this.#identity!.record,
      text: first + beforeFields(place, source),
      beforeRule: first.length + this.#moreBytes(hostText),
      ties: this.#keysOf(ties),
    }
  }

  #keysOf(ties: readonly Tie[]): TieKeys {
    const keys: number[] = []
    this.#tieKeys.addPlace(keys, this.#host, this.#event!.origin)
    const isFile = this.#host === undefined && this.#time === undefined
    this.#tieKeys.addTies(keys, this.#host, ties, isFile)
    return keys
  }

  /** By how many bytes a host is longer than its letters; neighbours are mostly of one host. */
  #moreBytes(hostText: string): number {
    if (hostText !== this.#lastHostText) {
      this.#lastHostText = hostText
      this.#lastMoreBytes = Buffer.byteLength(hostText) - hostText.length
    }
    return this.#lastMoreBytes
  }

  #placeText(): string {
    const { file, record, offset } = this.#event!.origin
    return `"file":${this.#text(file)},"record":${record},"offset":${offset}`
  }

  #sourceText(time: string, ties: readonly Tie[]): string {
    const event = this.#event!
    const shared = ties.length ? `,"ties":[${listed(ties)}]` : ''
    return `"time":${time},"logSource":${this.#logSource(event.shape.logSource)}${shared}`
  }

  /** Asked for twice where a finding is evidence of a correlation as well. */
  #content(rule: number, held: readonly HeldCondition[]): string {
    const { fields } = this.#telling(rule, held)
    if (fields !== this.#contentOf) {
      this.#contentOf = fields
      this.#contentText = contentText(
        this.#sourceText(timeText(this.#time), this.#ties.of(this.#event!)),
        this.#fieldsText(fields),
      )
    }
    return this.#contentText
  }

  #fieldsText({ names, positions, object }: FieldList): string {
    if (!object) return this.#oddFieldsText(names, positions)
    const event = this.#event!
    for (let i = 0; i < names.length; i++) {
      const value = event.value(positions[i]!)
      object[names[i]!] = value === undefined ? undefined : quoted(value)
    }
    // What is undefined is left out.
    return JSON.stringify(object)
  }

  /** The same one by one. */
  #oddFieldsText(
    names: readonly string[],
    positions: readonly number[],
  ): string {
    const texts = names.flatMap((name, i) => {
      const value = this.#event!.value(positions[i]!)
      if (value === undefined) return []
      return `${JSON.stringify(name)}:${JSON.stringify(quoted(value))}`
    })
    return `{${texts.join()}}`
  }

  #logSource(source: LogSource): string {
    let json = this.#logSources.get(source)
    if (json === undefined) {
      json = JSON.stringify(logSourceJson(source))
      this.#logSources.set(source, json)
    }
    return json
  }

  /** JSON of texts that repeat: hosts, paths. */
  #text(text: string): string {
    let json = this.#texts.get(text)
    if (json === undefined) {
      json = JSON.stringify(text)
      if (this.#texts.size >= maxCachedTexts) this.#texts.clear()
      this.#texts.set(text, json)
    }
    return json
  }
}

const maxCachedTexts = 65_536

/** Evidence quotes a value up to this many UTF-16 units; the record itself has the rest. */
export const maxQuotedUnits = 16_384

function listed(ties: readonly Tie[]): string {
  let list = ties[0]!.json
  for (let i = 1; i < ties.length; i++) list += `,${ties[i]!.json}`
  return list
}

function quoted(value: Value): Value {
  return typeof value === 'string' && value.length > maxQuotedUnits
    ? `${value.slice(0, maxQuotedUnits)}... (${value.length} characters)`
    : value
}
