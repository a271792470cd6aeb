// The public rules and the event lanes that benchmarks and conformance checks run on. They are no part of this repository:
// the environment variable IPCWATCH_DATA names the folder that holds them, `../shared/data` by default.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { provenance, type Value } from '../src/base/record.ts'
import { type Event, EventShape } from '../src/event/event.ts'
import { type LogSource, logSource } from '../src/event/log-source.ts'
import { hintNames } from '../src/event/sources/hints.ts'

export const dataFolder = resolve(process.env.IPCWATCH_DATA ?? '../shared/data')
export const sigmaFolder = join(dataFolder, 'sigma')
export const hasSigmaData = existsSync(join(sigmaFolder, 'lanes'))

export const laneNames = [
  'structured_windows',
  'raw_windows',
  'sysmon_file_event',
  'match_heavy',
  'mixed_schema',
  'cisco_syslog',
  'no_match',
  'correlation',
  'rule_derived',
] as const

export interface RuleFile {
  readonly path: string
  readonly text: string
}

/** The YAML files of a gzipped tar archive, sorted by path. */
export function ruleFiles(archive = 'rules-994da166.tar.gz'): RuleFile[] {
  const tar = gunzipSync(readFileSync(join(sigmaFolder, archive)))
  const files: RuleFile[] = []
  let longName = ''
  for (let at = 0; at + 512 <= tar.length; ) {
    const header = tar.subarray(at, at + 512)
    const text = (from: number, to: number) =>
      header
        .subarray(from, to)
        .toString('utf8')
        .replace(/\0[\s\S]*$/, '')
    const size = Number.parseInt(text(124, 136), 8) || 0
    const body = tar.subarray(at + 512, at + 512 + size).toString('utf8')
    const type = text(156, 157)
    at += 512 + Math.ceil(size / 512) * 512
    // A name too long for its field comes in an entry of its own before the file (GNU `L`, pax `x`).
    if (type === 'L') longName = body.replace(/\0[\s\S]*$/, '')
    else if (type === 'x') longName = /\d+ path=(.*)\n/.exec(body)?.[1] ?? ''
    else {
      const prefix = text(345, 500)
      const short = prefix ? `${prefix}/${text(0, 100)}` : text(0, 100)
      const path = longName || short
      longName = ''
      if (/\.ya?ml$/.test(path)) files.push({ path, text: body })
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function linesOf(path: string): string[] {
  const text = gunzipSync(readFileSync(join(sigmaFolder, path))).toString()
  return text.split('\n').filter((line) => line !== '')
}

export function laneLines(lane: string): string[] {
  return linesOf(`lanes/${lane}.ndjson.gz`)
}

/** `event index` and `rule id`, joined by a blank, sorted. */
export function expectedMatches(path: string): string[] {
  const file = JSON.parse(readFileSync(join(sigmaFolder, path), 'utf8')) as {
    matches: [number, string][]
  }
  return file.matches.map(([i, rule]) => `${i} ${rule}`).sort()
}

interface Names {
  readonly shape: EventShape
}

/** A flat event from a parsed line, the cheapest way there is; shapes are shared among lines with the same keys. */
export class FlatEvents {
  readonly #shapes = new Map<string, Names>()
  readonly #cursor = new FlatEvent()

  /** The same object each time. `source` replaces the hints. */
  event(parsed: object, source?: LogSource): Event {
    const names: string[] = []
    const values: Value[] = []
    flatten(parsed as Record<string, unknown>, '', names, values)
    const hints = source ?? hintsOf(parsed as Record<string, unknown>)
    const key = `${hints.id}\0${names.join('\0')}`
    let known = this.#shapes.get(key)
    if (!known) {
      const from = provenance(
        source ? 'windows' : 'hints',
        hints.product ?? '',
        hints.service?.[0] ?? '',
        hints.category?.[0] ?? '',
      )
      known = { shape: new EventShape(names, hints, from, hintNames) }
      this.#shapes.set(key, known)
    }
    this.#cursor.show(known.shape, values)
    return this.#cursor
  }
}

/** An event that stays, for benchmarks of matching alone. */
export function keptEvent(event: Event): Event {
  const values = event.shape.names.map((_, i) => event.value(i))
  const kept = new FlatEvent()
  kept.show(event.shape, values as Value[])
  return kept
}

class FlatEvent implements Event {
  shape!: EventShape
  readonly origin = { file: 'lane', record: 0, offset: 0 }
  #values: readonly Value[] = []

  show(shape: EventShape, values: readonly Value[]): void {
    this.shape = shape
    this.#values = values
    this.origin.record++
  }
  value(i: number): Value | undefined {
    return this.#values[i]
  }
  time(): number | undefined {
    return undefined
  }
  host(): string | undefined {
    return undefined
  }
}

function flatten(
  of: Record<string, unknown>,
  prefix: string,
  names: string[],
  values: Value[],
): void {
  for (const name in of) {
    const value = of[name]
    const full = prefix === '' ? name : `${prefix}.${name}`
    if (typeof value !== 'object' || value === null) {
      names.push(full)
      values.push(value as Value)
    } else if (Array.isArray(value)) {
      names.push(full)
      values.push(JSON.stringify(value))
    } else flatten(value as Record<string, unknown>, full, names, values)
  }
}

function hintsOf(parsed: Record<string, unknown>): LogSource {
  const hint = (name: string) => {
    const value = parsed[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const list = (text: string | undefined) => (text ? [text] : undefined)
  return logSource(
    hint('product'),
    list(hint('category')),
    list(hint('service')),
  )
}
