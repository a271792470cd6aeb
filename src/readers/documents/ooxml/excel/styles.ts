// Which styles of cells show their numbers as dates? ECMA-376 part 1, 18.8.10 (cellXfs), 18.8.30 (numFmt).
import { isDateFormat } from '../../day-number.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'

/** By the number that cells have. */
export async function dateStyles({
  opened,
  writer,
}: Ooxml): Promise<ReadonlySet<number>> {
  const dates = new Set<number>()
  const part = opened.parts.find((p) => /styles\+xml$/i.test(p.contentType))
  const xml = part && (await opened.xml(part.name))
  if (!xml) return dates
  const codes = new Map<number, string>()
  let isOfCells = false
  let style = 0
  scanPart(
    xml,
    {
      open(name, attributes) {
        const id = Number(attributes.get('numFmtId') ?? 0)
        if (name === 'numFmt') {
          codes.set(id, attributes.get('formatCode') ?? '')
        } else if (name === 'cellXfs') isOfCells = true
        else if (name === 'xf' && isOfCells) {
          if (isDateFormat(id, codes.get(id))) dates.add(style)
          style++
        }
      },
      close(name) {
        if (name === 'cellXfs') isOfCells = false
      },
    },
    (p) => writer.damaged(p, part.name),
  )
  return dates
}
