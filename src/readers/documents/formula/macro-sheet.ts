// A sheet of Excel 4 macros as a script: a formula a line behind its cell, those that only reckon before those that act, since macros run in an order of their own.
import type { ItemWriter } from '../item.ts'
import type { CellSource } from './book-cells.ts'
import { mayActFormula } from './items.ts'

/** Of one sheet: lines, and UTF-16 units of them. */
const maxLines = 50_000
const maxUnits = 2 * 1024 * 1024

export interface MacroSheet {
  /** As the source calls it. */
  readonly key: string
  readonly name: string
  readonly part: string
}

export async function readMacroSheet(
  writer: ItemWriter,
  source: CellSource,
  { key, name, part }: MacroSheet,
): Promise<void> {
  const lines = new Map<string, string>()
  let units = 0
  let lost = 0
  const keep = (place: string, formula: string) => {
    const line = `${place}: =${formula.replace(/^=/, '')}`
    units += line.length
    if (lines.size >= maxLines || units > maxUnits) lost++
    else lines.set(place, line)
  }
  for (const [own, formula] of source.names) keep(own, formula)
  const formulas = new Set<string>()
  const every = { has: () => true, size: 1 }
  await source.read(new Map([[key, every]]), {
    text(_, cell, text) {
      if (!formulas.has(cell)) keep(cell, `"${text.replaceAll('"', '""')}"`)
    },
    formula(_, cell, formula) {
      formulas.add(cell)
      keep(cell, formula)
    },
  })
  if (lost > 0)
    writer.bound(
      `${lost} cells over ${maxLines}, or ${maxUnits} characters of them, are not read as a script`,
      part,
    )
  if (formulas.size === 0) return
  const all = [...lines.values()]
  const text = [
    ...all.filter((line) => !mayActFormula(line)),
    ...all.filter((line) => mayActFormula(line)),
  ].join('\n')
  writer.add({
    kind: 'macro',
    part,
    position: name,
    macroName: name,
    text,
  })
  await writer.inside(`${part || name}.xlm`, Buffer.from(text))
}
