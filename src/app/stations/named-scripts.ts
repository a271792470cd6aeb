// Which events name a script file? Whether it is still there is looked for outside of the threads, once for all of them.
import { ByShape } from '../../event/by-shape.ts'
import type { Event, EventShape } from '../../event/event.ts'

import type { Demand } from '../../ir/demand.ts'

import { scriptsNamedBy } from '../../scripts/index.ts'
import { placeOf, type ScriptPlace } from '../scripts/script-events.ts'
import type { Part, Station } from './station.ts'

export interface NamedScript {
  readonly path: string
  /** Of the event that names it. */
  readonly place: ScriptPlace
}

export interface NamedScriptsPart extends Part {
  readonly kind: 'named-scripts'
  readonly named: readonly NamedScript[]
}

/** What a gate must let through, so that names are seen. */
export const demandsOfNames: readonly Demand[] = [
  { logSource: { product: 'windows', category: 'ps_script' }, fields: [] },
  { logSource: { category: 'process_creation' }, fields: [] },
]

/** Names are handed on when there are so many. */
const maxHeld = 1_024

interface Plan {
  readonly paths: readonly number[]
  readonly line: number
  readonly folder: number
}

export class NamedScripts implements Station {
  readonly #full: () => void
  readonly #plans = new ByShape(planOf)
  /** By host and path, the event that comes first. */
  #held = new Map<string, NamedScript>()

  constructor(full: () => void) {
    this.#full = full
  }

  ignores(shape: EventShape): boolean {
    return this.#plans.of(shape) === undefined
  }

  meet(event: Event): void {
    const plan = this.#plans.of(event.shape)
    if (!plan) return
    const named = scriptsNamedBy({
      paths: plan.paths.map((at) => event.value(at)),
      line: plan.line < 0 ? undefined : event.value(plan.line),
      folder: plan.folder < 0 ? undefined : event.value(plan.folder),
    })
    for (const path of named) this.#hold(path, event)
  }

  drain(): readonly NamedScriptsPart[] | undefined {
    if (!this.#held.size) return undefined
    const named = [...this.#held.values()]
    this.#held = new Map()
    return [{ kind: 'named-scripts', named }]
  }

  #hold(path: string, event: Event): void {
    const key = scriptKey(path, event.host())
    const held = this.#held.get(key)
    const time = event.time() ?? Number.POSITIVE_INFINITY
    if (held && (held.place.time ?? Number.POSITIVE_INFINITY) <= time) return
    this.#held.set(key, { path, place: placeOf(event) })
    if (this.#held.size >= maxHeld) this.#full()
  }
}

export function scriptKey(path: string, host: string | undefined): string {
  return `${host?.toLowerCase() ?? ''}\0${path}`
}

function planOf(shape: EventShape): Plan | undefined {
  const { category = [] } = shape.logSource
  const isStart = category.includes('process_creation')
  if (!isStart && !category.includes('ps_script')) return undefined
  const at = (name: string) => shape.indexOf(name)
  const paths = [at('ScriptName'), at('ScriptPath')].filter((i) => i >= 0)
  const line = isStart ? at('CommandLine') : -1
  if (!paths.length && line < 0) return undefined
  return { paths, line, folder: isStart ? at('CurrentDirectory') : -1 }
}
