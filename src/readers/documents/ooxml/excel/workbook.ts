// What the workbook says of its sheets, names and links.
// ECMA-376 part 1, 18.2.
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import { targetPart } from '../relations.ts'

export interface DefinedName {
  readonly name: string
  readonly formula: string
  /** It is a macro: of a sheet of macros, or one that runs by itself. */
  readonly isMacro: boolean
}

export interface Workbook {
  readonly part: string
  /** By the part of the sheet. */
  readonly sheets: ReadonlyMap<string, string>
  readonly names: readonly DefinedName[]
  /** Parts of external links: `[1]` in a formula is the first. */
  readonly links: readonly string[]
  /** Its days count from 1904, as on early Macs, rather than from 1900. */
  readonly from1904: boolean
}

const maxNames = 100_000

export async function readWorkbook(
  { opened, writer, relations }: Ooxml,
  part: string,
): Promise<Workbook> {
  const ids = new Map(
    (relations.get(part) ?? []).map((r) => [r.id, targetPart(part, r.target)]),
  )
  const sheets = new Map<string, string>()
  const links: string[] = []
  const names: DefinedName[] = []
  let name: Omit<DefinedName, 'formula'> | undefined
  let formula = ''
  let lost = 0
  let from1904 = false
  const xml = await opened.xml(part)
  if (!xml) return { part, sheets, names, links, from1904 }
  scanPart(
    xml,
    {
      open(element, attributes) {
        const target = ids.get(attributes.get('id') ?? '')
        if (element === 'sheet' && target) {
          sheets.set(target, attributes.get('name') ?? '')
        } else if (element === 'externalReference' && target) {
          links.push(target)
        } else if (element === 'workbookPr') {
          from1904 = /^(?:1|true)$/.test(attributes.get('date1904') ?? '')
        } else if (element === 'definedName') {
          const own = attributes.get('name') ?? ''
          const isMacro =
            attributes.get('xlm') === '1' || /auto_(?:open|close)/i.test(own)
          name = { name: own, isMacro }
          formula = ''
        }
      },
      text(t) {
        if (name) formula += t
      },
      close(element) {
        if (element !== 'definedName' || !name) return
        if (names.length < maxNames) names.push({ ...name, formula })
        else lost++
        name = undefined
      },
    },
    (p) => writer.damaged(p, part),
  )
  if (lost > 0) {
    writer.bound(`${lost} more defined names, over ${maxNames}`, part)
  }
  return { part, sheets, names, links, from1904 }
}
