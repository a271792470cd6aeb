// Turns matches into findings as NDJSON lines, fast enough to write one for each of several matches of every event: what a rule
// never changes is made once, what an event never changes once for the event.
import { invariant } from '../base/invariant.ts'
import type { Value } from '../base/record.ts'

import type { Event, EventShape } from '../event/event.ts'
import { type LogSource, logSourceJson } from '../event/log-source.ts'

import type { DetectionRule } from '../ir/rule.ts'
import { fieldsOf } from '../ir/predicate.ts'

import {
  type EvidencePart,
  evidenceText,
  explanationText,
  type FindingPart,
  findingText,
  timeText,
} from './assemble.ts'
import {
  type Digest,
  digest,
  findingId,
  Identities,
  type RecordIdentity,
} from './identity.ts'
import { tellingFields } from './telling-fields.ts'

/** A condition that held: which field, and the condition as text. */
export interface HeldCondition {
  readonly field: string
  readonly text: string
}

interface RuleFields {
  readonly id: Digest
  readonly asked: readonly string[]
  readonly shown: readonly string[]
}

export class FindingWriter {
  readonly #rules: readonly RuleFields[]
  readonly #identities = new Identities()
  readonly #missing = new Map<EventShape, Map<number, string>>()
  readonly #telling = new Map<EventShape, readonly number[]>()
  readonly #logSources = new Map<LogSource, string>()
  readonly #texts = new Map<string, string>()
  #event: Event | undefined
  #fieldJson: (string | undefined)[] = []
  #time: number | undefined
  #host: string | undefined
  #timeJson = 'null'
  #hostJson = 'null'
  #identity: RecordIdentity | undefined
  #place = ''
  #source = ''
  #contentOf = -1
  #contentText = ''

  constructor(rules: readonly DetectionRule[]) {
    this.#rules = rules.map(({ meta, condition }) => ({
      id: digest(meta.id),
      asked: [...fieldsOf(condition)],
      shown: meta.fields,
    }))
  }

  /** Call once for an event before its `line`s. */
  begin(event: Event): void {
    this.#event = event
    this.#fieldJson.length = 0
    this.#contentOf = -1
    this.#time = event.time()
    this.#timeJson = timeText(this.#time)
    const host = event.host()
    this.#host = host
    this.#hostJson = host === undefined ? 'null' : this.#text(host)
    const { file, record, offset } = event.origin
    this.#place = `"file":${this.#text(file)},"record":${record},"offset":${offset}`
    this.#source = `"time":${this.#timeJson},"logSource":${this.#logSource(event.shape.logSource)}`
    this.#identity = this.#identities.of(event, host, this.#time)
  }

  /** Of the event, in milliseconds since 1970. */
  get time(): number | undefined {
    return this.#time
  }

  /** Of the event: see `RecordIdentity`. */
  get record(): number {
    return this.#identity!.record
  }

  /** See `findingLine`. */
  line(rule: number, held: readonly HeldCondition[]): string {
    return findingText(
      findingId(this.#rules[rule]!.id, this.#identity!.id),
      this.#timeJson,
      this.#hostJson,
      evidenceText(this.#place, this.#content(rule, held)),
      this.#explanation(rule, held),
    )
  }

  /** The same finding, for those who join it with others. */
  part(rule: number, held: readonly HeldCondition[]): FindingPart {
    return {
      rule: this.#rules[rule]!.id,
      time: this.#time,
      host: this.#host,
      evidence: [this.evidence(rule, held)],
      explanation: flat(this.#explanation(rule, held)),
    }
  }

  /** The event as evidence of a rule. */
  evidence(rule: number, held: readonly HeldCondition[]): EvidencePart {
    return {
      ...this.#identity!,
      places: [flat(this.#place)],
      content: flat(this.#content(rule, held)),
    }
  }

  /** Asked for twice where a finding is evidence of a correlation as well. */
  #content(rule: number, held: readonly HeldCondition[]): string {
    if (rule !== this.#contentOf) {
      this.#contentOf = rule
      this.#contentText = `${this.#source},"fields":${this.#fields(this.#rules[rule]!, held)}`
    }
    return this.#contentText
  }

  #fields(fields: RuleFields, held: readonly HeldCondition[]): string {
    const { shape } = this.#event!
    let json = ''
    const seen: number[] = []
    const add = (name: string, i: number) => {
      if (i < 0 || seen.includes(i)) return
      const value = this.#valueJson(i)
      if (value === undefined) return
      seen.push(i)
      json += `${json ? ',' : ''}${this.#text(name)}:${value}`
    }
    for (const { field } of held) add(field, shape.indexOf(field))
    for (const name of fields.shown) add(name, shape.indexOf(name))
    if (!fields.shown.length) {
      for (const i of this.#tellingOf(shape)) add(shape.names[i]!, i)
    }
    return `{${json}}`
  }

  #tellingOf(shape: EventShape): readonly number[] {
    let known = this.#telling.get(shape)
    if (!known) {
      known = tellingFields(shape)
      if (this.#telling.size >= maxCachedShapes) this.#telling.clear()
      this.#telling.set(shape, known)
    }
    return known
  }

  #explanation(rule: number, held: readonly HeldCondition[]): string {
    let texts = ''
    let silence = ''
    const names: string[] = []
    for (const { field, text } of held) {
      texts += `${texts ? ',' : ''}${this.#text(text)}`
      // A keyword is about no field of its own.
      if (field === '' || names.includes(field)) continue
      names.push(field)
      silence += `${silence ? ',' : ''}${this.#text(field)}`
    }
    return explanationText(`[${texts}]`, this.#missingOf(rule), `[${silence}]`)
  }

  #missingOf(rule: number): string {
    const { shape } = this.#event!
    let byRule = this.#missing.get(shape)
    if (!byRule) {
      if (this.#missing.size >= maxCachedShapes) this.#missing.clear()
      this.#missing.set(shape, (byRule = new Map()))
    }
    let json = byRule.get(rule)
    if (json === undefined) {
      const { asked } = this.#rules[rule]!
      json = JSON.stringify(asked.filter((f) => shape.indexOf(f) < 0))
      byRule.set(rule, json)
    }
    return json
  }

  #valueJson(i: number): string | undefined {
    const known = this.#fieldJson[i]
    if (known !== undefined) return known
    const value = this.#event!.value(i)
    if (value === undefined) return undefined
    const json = valueJson(value)
    while (this.#fieldJson.length < i) this.#fieldJson.push(undefined)
    this.#fieldJson[i] = json
    return json
  }

  #logSource(source: LogSource): string {
    let json = this.#logSources.get(source)
    if (json === undefined) {
      json = JSON.stringify(logSourceJson(source))
      this.#logSources.set(source, json)
    }
    return json
  }

  /** JSON of texts that repeat: names, conditions, paths. */
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

const maxCachedShapes = 4_096
const maxCachedTexts = 65_536

/** Evidence quotes a value up to this many UTF-16 units; the record itself has the rest. */
export const maxQuotedUnits = 16_384

function valueJson(value: Value): string {
  if (typeof value === 'string' && value.length > maxQuotedUnits) {
    return JSON.stringify(
      `${value.slice(0, maxQuotedUnits)}... (${value.length} characters)`,
    )
  }
  return JSON.stringify(value)
}

/**
 * A text that is put together stays a tree of its parts until somebody looks into it. What is kept is looked into, so that it
 * is one piece: a tenth of the memory.
 */
export function flat(text: string): string {
  invariant(text.charCodeAt(text.length - 1) !== 0, 'a kept text ends in text')
  return text
}
