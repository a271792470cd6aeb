// The items of a rich text: fields, embedded and linked objects, a template elsewhere.
import type { ReaderOptions } from '../../reader.ts'
import { compoundMagic } from '../compound/header.ts'
import { FieldStory } from '../fields/story.ts'
import { ItemWriter } from '../item.ts'
import { oleObject, packagedFile } from '../ole/embedded.ts'
import { anyAddress } from '../ole/ole-stream.ts'
import { fileNameOf, packagedParts, textOf } from '../ole/package-item.ts'
import { programItem } from '../ole/program-item.ts'

import { readRichText, type RichTextObject } from './rich-text.ts'

export async function readRtf(
  bytes: Buffer,
  options: ReaderOptions,
): Promise<void> {
  const writer = new ItemWriter('rtf', options)
  const fields = new FieldStory()
  const { objects, templates } = readRichText(bytes, {
    field: (node) => fields.field(node),
    bookmark: (name, text) => fields.bookmark(name, text),
    damaged: ({ message, offset }) => writer.damaged(message, '', offset),
  })
  fields.tell(writer)
  for (const { at, target } of templates) {
    if (!/[\\/]/.test(target)) continue
    writer.add({
      kind: 'relation',
      offset: at,
      relation: 'attachedTemplate',
      text: target.trim(),
      target: target.trim(),
      targetMode: 'external',
    })
  }
  for (const object of objects) await readObject(object, writer)
}

async function readObject(
  object: RichTextObject,
  writer: ItemWriter,
): Promise<void> {
  const data = object.data.content()
  const ole = oleObject(data)
  const content = ole ? ole.data : data
  const packaged = packagedFile(content)
  const program = ole?.className || object.className
  const address = anyAddress(content)
  const target = address?.target || (ole?.kind === 'linked' ? ole.topic : '')
  const isCompound = content.subarray(0, 8).equals(compoundMagic)
  writer.add({
    kind: 'object',
    offset: object.at,
    text: textOf(program, target, packaged),
    ...(program && { progId: program }),
    ...(target && { target, targetMode: 'external' }),
    ...(object.name && { position: object.name }),
    ...(packaged && packagedParts(packaged)),
    ...programItem(program, content),
    obfuscation: [
      ...(object.updates ? ['updates by itself'] : []),
      ...(object.className && ole && differs(object.className, ole.className)
        ? ['class name']
        : []),
    ],
  })
  if (ole?.kind === 'linked' && isConversation(ole.className))
    writer.add({
      kind: 'link',
      offset: object.at,
      text: `${ole.className}|'${ole.topic}'!${ole.item}`,
      dde: { service: ole.className, topic: ole.topic, item: ole.item },
    })
  const name = `object at ${object.at}`
  if (packaged) await writer.inside(fileNameOf(packaged), packaged.data)
  else if (isCompound || content.length > 0) await writer.inside(name, content)
}

/** A class with a dot is a registered program, a link to one of its documents. */
function isConversation(className: string): boolean {
  return className !== '' && !className.includes('.')
}

function differs(one: string, other: string): boolean {
  return one.trim().toLowerCase() !== other.trim().toLowerCase()
}
