// A link of a workbook: to a program by DDE, to an object by OLE, or to another workbook, which is the ordinary one.
// ECMA-376 part 1, 18.14.
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import type { DocumentItem } from '../../item.ts'

/** Items of a link that are named beside it. */
const maxNamed = 8

export async function externalLinkItems(
  { opened, writer, relations }: Ooxml,
  part: string,
  usedIn: readonly string[],
): Promise<readonly DocumentItem[]> {
  const xml = await opened.xml(part)
  if (!xml) return []
  const items: DocumentItem[] = []
  const named: string[] = []
  let dde: { service: string; topic: string } | undefined
  scanPart(
    xml,
    {
      open(name, attributes) {
        if (name === 'ddeLink') {
          dde = {
            service: attributes.get('ddeService') ?? '',
            topic: attributes.get('ddeTopic') ?? '',
          }
        } else if (name === 'ddeItem' && attributes.get('ole') !== '1') {
          if (named.length < maxNamed) named.push(attributes.get('name') ?? '')
        } else if (name === 'oleLink') {
          const of = relations.get(part)
          const target = of?.find((r) => r.id === attributes.get('id'))?.target
          items.push(oleLink(part, attributes.get('progId'), target))
        }
      },
    },
    (p) => writer.damaged(p, part),
  )
  if (dde) items.push(ddeLink(part, dde, named, usedIn))
  return items
}

function ddeLink(
  part: string,
  dde: { service: string; topic: string },
  named: readonly string[],
  usedIn: readonly string[],
): DocumentItem {
  const item = named[0]?.replace(/^_xlbgnm\./, '')
  const around = [
    named.length > 1 && `items ${named.join(', ')}`,
    usedIn.length > 0 && `used in ${usedIn.join(', ')}`,
  ]
  return {
    kind: 'link',
    part,
    position: usedIn[0] ?? item ?? '',
    text: `${dde.service}|'${dde.topic}'!${item ?? ''}`,
    around: around.filter(Boolean).join('; '),
    dde: { ...dde, ...(item && { item }) },
    relation: 'ddeLink',
  }
}

function oleLink(
  part: string,
  progId: string | undefined,
  target: string | undefined,
): DocumentItem {
  return {
    kind: 'link',
    part,
    text: ['oleLink', progId, target].filter(Boolean).join(' '),
    relation: 'oleLink',
    targetMode: 'external',
    ...(progId && { progId }),
    ...(target && { target }),
  }
}
