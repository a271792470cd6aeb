// Blocks of script that the log cut into several events: put together by id and number, then read like any other.
import { madeEvent, type PlainEvent } from '../../event/made-event.ts'

import { hashOf } from '../../readers/script/actions.ts'

import type { AskedActions } from '../rules/asked-scripts.ts'
import { Readings, scriptEvents } from '../scripts/script-events.ts'
import type { ScriptBlockPart, ScriptBlocksPart } from '../stations/scripts.ts'
import type { Collector, Outlet } from './collector.ts'

/** Text that waits for its other parts, in UTF-16 units. */
const maxWaitingUnits = 64 * 1024 * 1024
/** A block is read without the parts that did not come within so many milliseconds. */
const patience = 600_000

interface Block {
  readonly parts: Map<number, ScriptBlockPart>
  readonly total: number
  latest: number
}

export class ScriptBlocksCollector implements Collector {
  readonly takes = 'script-blocks'
  readonly #outlet: Pick<Outlet, 'event' | 'note'>
  readonly #readings: Readings
  readonly #blocks = new Map<string, Block>()
  #waiting = 0
  #lost = 0
  #incomplete = 0

  /** `asked`: what is told; absent: all. */
  constructor(outlet: Pick<Outlet, 'event' | 'note'>, asked?: AskedActions) {
    this.#readings = new Readings(asked)
    this.#outlet = outlet
  }

  take({ blocks }: ScriptBlocksPart): void {
    for (const part of blocks) this.#add(part)
  }

  advance(watermark: number): number {
    let least = watermark
    const ready: Block[] = []
    for (const [key, block] of this.#blocks) {
      const over = block.latest + patience < watermark
      if (block.parts.size >= block.total || over) {
        this.#blocks.delete(key)
        ready.push(block)
      } else {
        for (const { place } of block.parts.values())
          least = Math.min(least, place.time ?? least)
      }
    }
    // In order of time, whatever the order in which parts came.
    ready.sort((a, b) => timeOf(a) - timeOf(b))
    for (const block of ready) this.#read(block)
    if (watermark === Number.POSITIVE_INFINITY) this.#account()
    return least
  }

  #add(part: ScriptBlockPart): void {
    if (this.#waiting + part.text.length > maxWaitingUnits) {
      this.#lost++
      return
    }
    const block = this.#blocks.get(part.key) ?? {
      parts: new Map(),
      total: part.total,
      latest: 0,
    }
    this.#blocks.set(part.key, block)
    if (block.parts.has(part.number)) return
    block.parts.set(part.number, part)
    block.latest = Math.max(block.latest, part.place.time ?? 0)
    this.#waiting += part.text.length
  }

  #read(block: Block): void {
    const parts = [...block.parts.values()].sort((a, b) => a.number - b.number)
    const text = parts.map((p) => p.text).join('')
    this.#waiting -= text.length
    if (parts.length < block.total) this.#incomplete++
    const reading = this.#readings.of(text, 'powershell')
    if (!reading?.actions.length) return
    const about = () => ({ origin: 'block', hash: hashOf(text) })
    const { place } = parts[0]!
    const { wants } = this.#readings
    for (const made of scriptEvents(reading, about, place, wants))
      this.#outlet.event(madeEvent(withParts(made, parts)))
  }

  #account(): void {
    if (this.#incomplete > 0) {
      this.#outlet.note(
        `script blocks: ${this.#incomplete} were read without all of their parts`,
      )
    }
    if (this.#lost > 0) {
      this.#outlet.note(
        `script blocks: ${this.#lost} parts had no room to wait for the others`,
      )
    }
  }
}

function withParts(
  made: PlainEvent,
  parts: readonly ScriptBlockPart[],
): PlainEvent {
  return {
    ...made,
    names: [...made.names, 'ScriptPart'],
    values: [...made.values, `${parts.length}/${parts[0]!.total}`],
  }
}

function timeOf(block: Block): number {
  let least = Number.POSITIVE_INFINITY
  for (const { place } of block.parts.values())
    least = Math.min(least, place.time ?? least)
  return least
}
