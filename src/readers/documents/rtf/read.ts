// The items of a rich text: fields, embedded and linked objects, a template elsewhere.
import type { ReaderOptions } from '../../reader.ts'
import { compoundMagic } from '../compound/header.ts'
import { FieldStory } from '../fields/story.ts'
import { ItemWriter } from '../item.ts'
import { programOf } from '../ole/classes.ts'
import { oleObject, packagedFile } from '../ole/embedded.ts'
import { anyAddress } from '../ole/ole-stream.ts'
import { fileNameOf, packagedParts, textOf } from '../ole/package-item.ts'
import { programItem } from '../ole/program-item.ts'
import { isSourceLike } from '../ole/source-like.ts'

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
    cut: (what) => fields.cut(what),
    damaged: (damage) => writer.tell(damage, ''),
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
  const content = ole ? ole.data : fromMagic(data)
  const packaged = packagedFile(content)
  const classId = /[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}/i
    .exec(object.classId)?.[0]
    .toUpperCase()
  const program = ole?.className || object.className || programOf(classId ?? '')
  const address = anyAddress(content)
  const target = address?.target || (ole?.kind === 'linked' ? ole.topic : '')
  writer.add({
    kind: 'object',
    offset: object.at,
    text: textOf(program, target, packaged),
    ...(program && { progId: program }),
    ...(classId && { classId: `{${classId}}` }),
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
  else if (isSourceLike(content)) await writer.inside(name, content)
}

/** Where the head of the object is spoilt on purpose, what is in it may stand all the same. */
function fromMagic(data: Buffer): Buffer {
  const at = data.indexOf(compoundMagic)
  return at < 0 ? data : data.subarray(at)
}

/** A class with a dot is a registered program, and one of files (`htmlfile`) what opens them: a link to one of its documents. */
function isConversation(className: string): boolean {
  return className !== '' && !/\.|file$/i.test(className.trim())
}

function differs(one: string, other: string): boolean {
  return one.trim().toLowerCase() !== other.trim().toLowerCase()
}
