// Where a workbook gets data from: databases, pages, text files.
// ECMA-376 part 1, 18.13.
import type { Attributes } from '../../xml.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'

export async function readConnections(
  { opened, writer }: Ooxml,
  part: string,
): Promise<void> {
  const xml = await opened.xml(part)
  if (!xml) return
  let name = ''
  const add = (attributes: Attributes, target: string | undefined) => {
    const command = attributes.get('command')
    const text = [name, target, command].filter(Boolean).join(' ')
    writer.add({
      kind: 'connection',
      part,
      position: name,
      text,
      targetMode: 'external',
      ...(target && { target }),
    })
  }
  scanPart(
    xml,
    {
      open(element, attributes) {
        switch (element) {
          case 'connection': {
            name = attributes.get('name') ?? ''
            const file =
              attributes.get('odcFile') ?? attributes.get('sourceFile')
            if (file) add(attributes, file)
            break
          }
          case 'dbPr':
          case 'oledbPr':
            add(attributes, attributes.get('connection'))
            break
          case 'webPr':
            add(attributes, attributes.get('url'))
            break
          case 'textPr':
            add(attributes, attributes.get('sourceFile'))
            break
        }
      },
    },
    (p) => writer.damaged(p, part),
  )
}
