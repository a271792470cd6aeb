// What lies in a package and is a source of its own: objects, other documents, macros, chunks in other formats.
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
      if (bytes) await writer.inside(name, bytes)
    }
  }
}

function kindOf({ type }: Relation): DocumentItem['kind'] | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined
}
