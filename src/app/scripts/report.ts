// `scripts`: what each script does, wherever it lies: files, documents, logged blocks, command lines.
import type { Value } from '../../base/record.ts'

import { type Event, fieldOf } from '../../event/event.ts'
import { scriptCategory } from '../../event/sources/script.ts'

import { type ActionKind, paragraphOf } from '../../scripts/index.ts'

import { CapturesCollector } from '../collectors/captures.ts'
import type { Collector, Outlet } from '../collectors/collector.ts'
import { ScriptBlocksCollector } from '../collectors/script-blocks.ts'
import { Input, type InputListener } from '../input.ts'
import type { InputTotals } from '../reading/input-totals.ts'
import { NamedScripts } from '../stations/named-scripts.ts'
import { Scripts } from '../stations/scripts.ts'
import type { Part } from '../stations/station.ts'
import { Track } from '../stations/track.ts'
import { type CaptureRequest, openCapture } from './capture.ts'

export interface ReportedAction {
  readonly kind: ActionKind
  readonly target: string
  readonly host?: string
  readonly entry?: string
  readonly language: string
  readonly depth: number
  readonly offset: number
  readonly length: number
  readonly source: string
  readonly obfuscation: readonly string[]
}

export interface ReportedScript {
  readonly file: string
  readonly record: number
  readonly origin: string
  readonly language: string
  readonly sha256?: string
  readonly obfuscation: readonly string[]
  readonly actions: readonly ReportedAction[]
  /** What of it is not followed, since a bound was reached. */
  readonly limits?: readonly string[]
  /** In plain words. */
  readonly summary: string
}

export interface ScriptsListener extends InputListener {
  script(script: ReportedScript): void
}

export interface ScriptsRequest extends CaptureRequest {
  readonly paths: readonly string[]
}

export async function reportScripts(
  { paths, ...where }: ScriptsRequest,
  listener: ScriptsListener,
  signal: AbortSignal,
): Promise<InputTotals> {
  const gathering = new Gathering((script) => listener.script(script))
  const capturing = await openCapture(where, paths)
  const meet = (event: Event) => gathering.meet(event)
  const outlet: Pick<Outlet, 'event' | 'note'> = {
    event: meet,
    note: (message) => listener.problem(message),
  }
  const collectors: Collector[] = [
    new ScriptBlocksCollector(outlet),
    ...(capturing ? [new CapturesCollector(capturing, outlet)] : []),
  ]
  const track = new Track((full) => ({
    stations: [
      { meet, drain: () => undefined },
      new Scripts(meet, full),
      ...(capturing ? [new NamedScripts(full)] : []),
    ],
  }))
  const input = await Input.open({ paths, workers: 0 }, listener, signal)
  try {
    const take = (part: Part) =>
      collectors.find((c) => c.takes === part.kind)?.take(part)
    await input.read(track, (parts) => parts.forEach(take), signal)
    for (const c of collectors) c.advance(Number.POSITIVE_INFINITY)
    gathering.finish()
    return input.totals
  } finally {
    input.close()
  }
}

function isScript({ shape }: Event): boolean {
  return shape.logSource.category?.includes(scriptCategory) ?? false
}

interface Current {
  readonly file: string
  readonly record: number
  readonly fields: (name: string) => Value | undefined
  readonly actions: ReportedAction[]
}

/** The events of one script follow each other: that it is there, then what it does. */
class Gathering {
  readonly #tell: (script: ReportedScript) => void
  #current: Current | undefined

  constructor(tell: (script: ReportedScript) => void) {
    this.#tell = tell
  }

  meet(event: Event): void {
    if (!isScript(event)) return
    const kind = textOf(fieldOf(event, 'ActionKind')) as ActionKind | 'script'
    if (kind === 'script') this.#begin(event)
    else this.#current?.actions.push(actionOf(event, kind))
  }

  finish(): void {
    const current = this.#current
    this.#current = undefined
    if (!current) return
    const { file, record, fields, actions } = current
    const sha256 = textOf(fields('ScriptHash'))
    const obfuscation = listOf(fields('Obfuscation'))
    const limits = listOf(fields('ScriptLimits'))
    this.#tell({
      file,
      record,
      origin: textOf(fields('ScriptOrigin')),
      language: textOf(fields('ScriptLanguage')),
      ...(sha256 && { sha256 }),
      obfuscation,
      actions,
      ...(limits.length && { limits }),
      summary: paragraphOf({ actions, obfuscation, limits }),
    })
  }

  #begin(event: Event): void {
    this.finish()
    const names = [
      'ScriptHash',
      'ScriptOrigin',
      'ScriptLanguage',
      'Obfuscation',
      'ScriptLimits',
    ]
    const values = new Map(names.map((n) => [n, fieldOf(event, n)]))
    const { file, record } = event.origin
    const path = textOf(fieldOf(event, 'ScriptPath'))
    this.#current = {
      file: path || file,
      record,
      fields: (name) => values.get(name),
      actions: [],
    }
  }
}

function actionOf(event: Event, kind: ActionKind): ReportedAction {
  const field = (name: string) => fieldOf(event, name)
  const host = textOf(field('ActionHost'))
  const entry = textOf(field('ActionEntry'))
  return {
    kind,
    target: textOf(field('ActionTarget')),
    ...(host && { host }),
    ...(entry && { entry }),
    language: textOf(field('ActionLanguage')),
    depth: Number(field('ActionDepth') ?? 0),
    offset: Number(field('ActionOffset') ?? 0),
    length: Number(field('ActionLength') ?? 0),
    source: textOf(field('ActionSource')),
    obfuscation: listOf(field('Obfuscation')),
  }
}

function textOf(value: Value | undefined): string {
  return value === undefined || value === null ? '' : String(value)
}

function listOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
