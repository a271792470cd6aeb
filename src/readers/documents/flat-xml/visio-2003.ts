// A drawing of Visio 2003 as one file of XML (VDX): formulas of cells that run something, links of shapes, objects and macros in base64.
// Source: the XML Schema of Visio 2003 (DatadiagramML).
import type { ItemWriter } from '../item.ts'
import { tellAddress, tellCell } from '../ooxml/visio.ts'
import { scanPart, type XmlText } from '../xml.ts'

/** Elements whose text is asked for. */
const texts = new Set(['Address', 'VBProjectData', 'ForeignData'])

export async function readVisio2003(
  xml: XmlText,
  writer: ItemWriter,
): Promise<void> {
  const inside: { name: string; text: string }[] = []
  let text: string[] | undefined
  scanPart(
    xml,
    {
      open(element, attributes) {
        tellCell(writer, '', element, attributes.get('F') ?? '')
        if (texts.has(element)) text = []
      },
      text(part) {
        text?.push(part)
      },
      close(element) {
        if (!text || !texts.has(element)) return
        const all = text.join('').trim()
        text = undefined
        if (element !== 'Address') inside.push({ name: element, text: all })
        else if (all) tellAddress(writer, '', all)
      },
    },
    (p) => writer.damaged(p, ''),
  )
  for (const [i, { name, text: base64 }] of inside.entries())
    await writer.inside(`${name} ${i + 1}`, Buffer.from(base64, 'base64'))
}
