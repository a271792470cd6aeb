// Script that stands in events: blocks of PowerShell, what interpreters are given on their command line, formulas of Excel 4 macros. It is read where the event is;
// its actions meet the same rules. A block that is cut into several events waits for its parts outside.
import { ByShape } from '../../event/by-shape.ts'
import type { Event, EventShape } from '../../event/event.ts'
import { madeEvent } from '../../event/made-event.ts'
import { documentCategory } from '../../event/sources/document.ts'

import type { Demand } from '../../ir/demand.ts'

import { hashOf, type ScriptAbout } from '../../readers/script/actions.ts'

import type { ScriptReading } from '../../scripts/index.ts'

import type { AskedActions } from '../rules/asked-scripts.ts'
import { commandScript } from '../scripts/command-script.ts'
import {
  insideOf,
  placeOf,
  Readings,
  type ScriptPlace,
  scriptEvents,
} from '../scripts/script-events.ts'
import type { Part, Station } from './station.ts'

/** One event of a block that is cut. */
export interface ScriptBlockPart {
  /** Host and id of the block. */
  readonly key: string
  readonly number: number
  readonly total: number
  readonly text: string
  readonly place: ScriptPlace
}

export interface ScriptBlocksPart extends Part {
  readonly kind: 'script-blocks'
  readonly blocks: readonly ScriptBlockPart[]
}

/** What a gate must let through, so that script is seen. */
export const demandsOfScripts: readonly Demand[] = [
  { logSource: { product: 'windows', category: 'ps_script' }, fields: [] },
  { logSource: { category: 'process_creation' }, fields: [] },
  { logSource: { category: documentCategory }, fields: [] },
]

/** Parts are handed on when there are so many. */
const maxHeld = 256

interface Plan {
  readonly kind: 'block' | 'command' | 'macro'
  readonly text: number
  /** Of a block its id, of an item of a document its kind. */
  readonly id: number
  readonly number: number
  readonly total: number
}

export class Scripts implements Station {
  readonly #meet: (event: Event) => void
  readonly #full: () => void
  readonly #readings: Readings
  readonly #plans = new ByShape(planOf)
  #blocks: ScriptBlockPart[] = []

  /** `asked`: what is told; absent: all. */
  constructor(
    meet: (event: Event) => void,
    full: () => void,
    asked?: AskedActions,
  ) {
    this.#readings = new Readings(asked)
    this.#meet = meet
    this.#full = full
  }

  ignores(shape: EventShape): boolean {
    return this.#plans.of(shape) === undefined
  }

  meet(event: Event): void {
    const { shape } = event
    const plan = this.#plans.of(shape)
    if (!plan) return
    const text = event.value(plan.text)
    if (typeof text !== 'string' || !text) return
    if (plan.kind === 'command') this.#command(text, event)
    else if (plan.kind === 'macro') this.#macro(text, plan, event)
    else this.#block(text, plan, event)
  }

  drain(): readonly Part[] | undefined {
    if (!this.#blocks.length) return undefined
    const blocks = this.#blocks
    this.#blocks = []
    const part: ScriptBlocksPart = { kind: 'script-blocks', blocks }
    return [part]
  }

  #command(line: string, event: Event): void {
    const found = commandScript(
      line,
      event.shape.logSource.product === 'windows',
    )
    const reading = found && this.#readings.of(found.text, found.language)
    const inside = reading && insideOf(reading)
    if (inside) this.#tell(inside, () => ({ origin: 'command line' }), event)
  }

  /** A formula of Excel 4, a module of LibreOffice's Basic. Modules of VBA are sources of their own: their documents hand them to the reader of scripts. */
  #macro(text: string, plan: Plan, event: Event): void {
    if (event.value(plan.id) !== 'macro') return
    const isBasic = event.shape.logSource.service?.includes('odf')
    if (!isBasic && !text.startsWith('=')) return
    const reading = this.#readings.of(text, isBasic ? 'vba' : 'xlm')
    if (!reading?.actions.length) return
    const about = () => ({ origin: 'document', hash: hashOf(text) })
    this.#tell(reading, about, event)
  }

  #block(text: string, plan: Plan, event: Event): void {
    const total = wholeOf(event, plan.total)
    const number = wholeOf(event, plan.number)
    if (total > 1) {
      const id = plan.id < 0 ? '' : String(event.value(plan.id) ?? '')
      const place = placeOf(event)
      this.#blocks.push({
        key: `${place.host ?? ''}\0${id}`,
        number,
        total,
        text,
        place,
      })
      if (this.#blocks.length >= maxHeld) this.#full()
      return
    }
    const reading = this.#readings.of(text, 'powershell')
    if (!reading?.actions.length) return
    this.#tell(reading, () => ({ origin: 'block', hash: hashOf(text) }), event)
  }

  #tell(reading: ScriptReading, about: () => ScriptAbout, event: Event): void {
    const { wants } = this.#readings
    for (const made of scriptEvents(reading, about, placeOf(event), wants))
      this.#meet(madeEvent(made))
  }
}

function wholeOf(event: Event, at: number): number {
  const n = at < 0 ? Number.NaN : Number(event.value(at))
  return Number.isInteger(n) ? n : 1
}

function planOf(shape: EventShape): Plan | undefined {
  const { category } = shape.logSource
  const at = (name: string) => shape.indexOf(name)
  if (category?.includes('ps_script')) {
    const text = Math.max(at('ScriptBlockText'), -1)
    if (text < 0) return undefined
    return {
      kind: 'block',
      text,
      id: at('ScriptBlockId'),
      number: at('MessageNumber'),
      total: at('MessageTotal'),
    }
  }
  if (category?.includes(documentCategory)) {
    const text = at('ItemText')
    if (text < 0) return undefined
    return { kind: 'macro', text, id: at('ItemKind'), number: -1, total: -1 }
  }
  if (!category?.includes('process_creation')) return undefined
  const text = at('CommandLine')
  return text < 0
    ? undefined
    : { kind: 'command', text, id: -1, number: -1, total: -1 }
}
