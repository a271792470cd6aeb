// Turns matches into findings as NDJSON lines, fast enough to write one for each of several matches of every event: what a rule
// never changes is made once, what an event never changes once for the event.
import type { Value } from '../base/record.ts'

import type { Event, EventShape } from '../event/event.ts'
import type { LogSource } from '../event/log-source.ts'

import type { DetectionRule, RuleMeta } from '../ir/rule.ts'
import { fieldsOf } from '../ir/predicate.ts'

import { type Digest, digest, findingId } from './identity.ts'

/** A condition that held: which field, and the condition as text. */
export interface HeldCondition {
  readonly field: string
  readonly text: string
}

/** Fixed parts of a rule's findings. */
interface RulePrefix {
  readonly id: Digest
  /** `"rule":{...},"techniques":[...]`. */
  readonly head: string
  /** `"benign":[...],"mitigations":[...]` and `"why"`. */
  readonly tail: string
  readonly fields: readonly string[]
  readonly shown: readonly string[]
}

export class FindingWriter {
  readonly #prefixes: readonly RulePrefix[]
  readonly #missing = new Map<EventShape, Map<number, string>>()
  readonly #logSources = new Map<LogSource, string>()
  readonly #texts = new Map<string, string>()
  #event: Event | undefined
  #fieldJson: (string | undefined)[] = []
  #time: string | null = null
  #host = 'null'
  #identity: Digest = digest('')
  #evidenceHead = ''

  constructor(rules: readonly DetectionRule[]) {
    this.#prefixes = rules.map((rule) => {
      const { head, tail } = fixedParts(rule.meta)
      const fields = [...fieldsOf(rule.condition)]
      const id = digest(rule.meta.id)
      return { id, head, tail, fields, shown: rule.meta.fields }
    })
  }

  /** Call once for an event before its `line`s. */
  begin(event: Event): void {
    this.#event = event
    this.#fieldJson.length = 0
    const ms = event.time()
    this.#time = isoTime(ms)
    const host = event.host()
    this.#host = host === undefined ? 'null' : JSON.stringify(host)
    const { file, record, offset } = event.origin
    const logSource = this.#logSource(event.shape.logSource)
    const time = this.#time === null ? 'null' : `"${this.#time}"`
    this.#evidenceHead = `{"file":${this.#text(file)},"record":${record},"offset":${offset},"time":${time},"logSource":${logSource},"fields":`
    this.#identity = digest(`${baseName(file)}\0${record}\0${offset}`)
  }

  /** One finding without a line break. */
  line(rule: number, held: readonly HeldCondition[]): string {
    const prefix = this.#prefixes[rule]!
    const id = findingId(prefix.id, this.#identity)
    const time = this.#time === null ? 'null' : `"${this.#time}"`
    return `{"id":"${id}","time":${time},"host":${this.#host},${prefix.head},"evidence":[${this.evidence(rule, held)}],"explanation":${this.#explanation(rule, prefix, held)}}`
  }

  /** The event as evidence of a rule. */
  evidence(rule: number, held: readonly HeldCondition[]): string {
    return `${this.#evidenceHead}${this.#fields(this.#prefixes[rule]!, held)}}`
  }

  #fields(prefix: RulePrefix, held: readonly HeldCondition[]): string {
    const { shape } = this.#event!
    let json = ''
    const seen: number[] = []
    const add = (name: string) => {
      const i = shape.indexOf(name)
      if (i < 0 || seen.includes(i)) return
      const value = this.#valueJson(i)
      if (value === undefined) return
      seen.push(i)
      json += `${json ? ',' : ''}${this.#text(name)}:${value}`
    }
    for (const condition of held) add(condition.field)
    for (const name of prefix.shown) add(name)
    return `{${json}}`
  }

  #explanation(
    rule: number,
    prefix: RulePrefix,
    held: readonly HeldCondition[],
  ): string {
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
    return `{${prefix.tail},"held":[${texts}],"missing":${this.#missingOf(rule, prefix)},"silence":[${silence}]}`
  }

  #missingOf(rule: number, prefix: RulePrefix): string {
    const { shape } = this.#event!
    let byRule = this.#missing.get(shape)
    if (!byRule) {
      if (this.#missing.size >= maxCachedShapes) this.#missing.clear()
      this.#missing.set(shape, (byRule = new Map()))
    }
    let json = byRule.get(rule)
    if (json === undefined) {
      json = JSON.stringify(prefix.fields.filter((f) => shape.indexOf(f) < 0))
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

/** The last part of a path of any system: where a file lies is no part of what it says. */
function baseName(file: string): string {
  const at = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'))
  return file.slice(at + 1)
}

const dayMs = 86_400_000
const twoDigits = Array.from({ length: 60 }, (_, n) =>
  String(n).padStart(2, '0'),
)
let lastDay = Number.NaN
let lastDate = ''

/**
 * ISO text of milliseconds since 1970, null where there are none or they are no date. Neighbouring events are of one day, so
 * the calendar is asked once for it.
 */
export function isoTime(ms: number | undefined): string | null {
  if (ms === undefined || !(Math.abs(ms) <= 8.64e15)) return null
  const day = Math.floor(ms / dayMs)
  if (day !== lastDay) {
    lastDay = day
    lastDate = new Date(day * dayMs).toISOString().slice(0, -14)
  }
  const rest = Math.floor(ms) - day * dayMs
  const hours = Math.floor(rest / 3_600_000)
  const minutes = Math.floor(rest / 60_000) % 60
  const seconds = Math.floor(rest / 1000) % 60
  const millis = rest % 1000
  const zeros = millis < 10 ? '00' : millis < 100 ? '0' : ''
  return `${lastDate}T${twoDigits[hours]}:${twoDigits[minutes]}:${twoDigits[seconds]}.${zeros}${millis}Z`
}

/** The three parts as an object; of several categories the most specific, which tables list last. */
export function logSourceJson(source: LogSource): {
  product?: string
  category?: string
  service?: string
} {
  const { product } = source
  const category = source.category?.at(-1)
  const service = source.service?.at(-1)
  return {
    ...(product !== undefined && { product }),
    ...(category !== undefined && { category }),
    ...(service !== undefined && { service }),
  }
}

/** What all findings of a rule share. */
export function fixedParts(meta: RuleMeta): { head: string; tail: string } {
  const rule = { id: meta.id, title: meta.title, level: meta.level }
  const why = meta.description
    ? `"why":${JSON.stringify(meta.description)},`
    : ''
  return {
    head: `"rule":${JSON.stringify(rule)},"techniques":${JSON.stringify(meta.techniques)}`,
    tail: `${why}"benign":${JSON.stringify(meta.falsePositives)},"mitigations":${JSON.stringify(meta.mitigations)}`,
  }
}
