// Visio: formulas of cells that run something, and links of shapes.
// [MS-VSDX] 2.2.5 (cells and their formulas), 2.2.3.3.
import type { ItemWriter } from '../item.ts'
import { scanPart } from '../xml.ts'
import type { Ooxml } from './document.ts'

/** Functions of a cell that start an add-on, a macro or a command, or open something. */
const starting =
  /\b(?:RUNADDON|RUNADDONWARGS|RUNMACRO|CALLTHIS|HYPERLINK|DOCMD|OPENFILE|QUEUEMARKEREVENT|LOOKUP)\s*\(/i

export async function readVisio({ opened, writer }: Ooxml): Promise<void> {
  for (const { name, contentType } of opened.parts) {
    const xml = /ms-visio\.[\w.]*\+xml$/i.test(contentType)
      ? await opened.xml(name)
      : undefined
    if (!xml) continue
    scanPart(
      xml,
      {
        open(element, attributes) {
          if (element !== 'Cell') return
          const cell = attributes.get('N') ?? ''
          const formula = attributes.get('F') ?? ''
          const value = attributes.get('V') ?? ''
          tellCell(writer, name, cell, formula)
          if (cell === 'Address' && value) tellAddress(writer, name, value)
        },
      },
      (p) => writer.damaged(p, name),
    )
  }
}

export function tellCell(
  writer: ItemWriter,
  part: string,
  cell: string,
  formula: string,
): void {
  if (!starting.test(formula)) return
  writer.add({
    kind: 'formula',
    part,
    position: cell,
    text: `=${formula}`,
    ...named(formula),
  })
}

export function tellAddress(
  writer: ItemWriter,
  part: string,
  address: string,
): void {
  writer.add({
    kind: 'link',
    part,
    text: `hyperlink ${address}`,
    target: address,
    targetMode: 'external',
    relation: 'hyperlink',
  })
}

/** The function and the first text that it is given. */
function named(formula: string) {
  const call = /\b([A-Z]+)\s*\(\s*(?:"([^"]*)")?/i.exec(formula)
  const target = call?.[2]
  return {
    functionName: call?.[1]?.toUpperCase() ?? '',
    ...(target && { target }),
  }
}
