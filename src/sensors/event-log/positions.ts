// How far did a sensor tell? It says so in lines between its events; whoever takes these keeps the last of each as soon as what stands
// before it is durable, and gives them to the next run. So nothing is left out over a fall, and little comes twice.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

import type { Position } from './channel.ts'

const begin = '{"ipcwatch_position":'

export function positionLine(of: string, position: Position): string {
  return `${begin}${JSON.stringify([of, position])}}`
}

/** By channel. */
export type Positions = Readonly<Record<string, Position>>

/** What a file holds; nothing where there is none, or where it says nothing that could be used. */
export function readPositions(path: string): Positions {
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as unknown
    if (typeof read !== 'object' || read === null) return {}
    return Object.fromEntries(
      Object.entries(read).filter(([, position]) => isPosition(position)),
    )
  } catch {
    return {}
  }
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false
  const { bookmark, number } = value as Record<string, unknown>
  return (
    ['string', 'undefined'].includes(typeof bookmark) &&
    ['number', 'undefined'].includes(typeof number)
  )
}

/** Takes such lines out of what passes. */
export class KeptPositions {
  readonly #path: string
  readonly #reached: Map<string, Position>
  #isNew = false

  constructor(path: string) {
    this.#path = path
    this.#reached = new Map(Object.entries(readPositions(path)))
  }

  /** The lines without them. */
  without(lines: Buffer): Buffer {
    if (!lines.includes(begin)) return lines
    const text = lines.toString()
    const others = text.split('\n').filter((line) => !this.#takes(line))
    return Buffer.from(others.join('\n'))
  }

  /** What was passed before is durable. */
  keep(): void {
    if (!this.#isNew) return
    this.#isNew = false
    const text = JSON.stringify(Object.fromEntries(this.#reached))
    writeFileSync(`${this.#path}.new`, text, { mode: 0o600 })
    renameSync(`${this.#path}.new`, this.#path)
  }

  #takes(line: string): boolean {
    if (!line.startsWith(begin)) return false
    try {
      const read = JSON.parse(line) as Record<string, unknown>
      const [of, position] = read.ipcwatch_position as [unknown, unknown]
      if (typeof of !== 'string' || !isPosition(position)) return false
      this.#reached.set(of, position)
      this.#isNew = true
      return true
    } catch {
      return false
    }
  }
}
