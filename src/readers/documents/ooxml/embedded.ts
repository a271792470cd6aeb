// What lies in a package and is a source of its own: objects, other documents, macros, chunks in other formats.
import { isOfOffice } from '../html/index.ts'
import { decodedPage, tellPage } from '../html/page.ts'
import type { DocumentItem } from '../item.ts'
import { readControl } from './controls.ts'
import type { Ooxml } from './document.ts'
import { type Relation, targetPart } from './relations.ts'

/** By the type of the relation that leads there. */
const kinds: Readonly<Record<string, DocumentItem['kind']>> = {
  oleObject: 'object',
  package: 'object',
  control: 'object',
  activeXControlBinary: 'object',
  aFChunk: 'object',
  attachedToolbars: 'macro',
  vbaProject: 'macro',
  subDocument: 'object',
}

export async function readEmbedded(document: Ooxml): Promise<void> {
  const { opened, writer, relations } = document
  const read = new Set<string>()
  for (const [of, list] of relations) {
    for (const relation of list) {
      const kind = kindOf(relation)
      const name = targetPart(of, relation.target)
      if (!kind || relation.isExternal || read.has(name)) continue
      read.add(name)
      if (relation.type === 'control') {
        await readControl(document, name)
        continue
      }
      writer.add({
        kind,
        part: name,
        text: `${relation.type} ${name}`,
        relation: relation.type,
        fileName: name.split('/').at(-1)!,
      })
      const bytes = await opened.bytes(name)
      if (!bytes) continue
      // A chunk is imported, whatever it would be if it were a file.
      if (relation.type === 'aFChunk' && isPage(bytes))
        await tellPage(decodedPage(bytes), writer, { part: name }, 'office')
      await writer.inside(name, bytes)
    }
  }
}

/** Of the beginning, in bytes. */
const headBytes = 4096

function isPage(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, headBytes).replaceAll('\0', '')
  if (isOfOffice(head) || /^mime-version[ \t]*:/im.test(head)) return false
  return /^[^<]{0,256}<(?!\?xml)[a-z!]/i.test(head)
}

function kindOf({ type }: Relation): DocumentItem['kind'] | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined
}
