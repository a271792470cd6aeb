// PowerPoint: what a click or the mouse over a shape starts, verbs that a show sends to objects, objects themselves.
// ECMA-376 part 1, 21.1.2.3.5 (hyperlinks and actions), 19.5.17 (commands); [MS-OE376] 2.1.1184 (actions).
import { type Attributes, scanPart } from '../xml.ts'
import type { Ooxml } from './document.ts'
import { assignedMacros } from './macros.ts'

const slideType =
  /(?:slide|slideLayout|slideMaster|notesSlide|notesMaster|handoutMaster|presentation[\w.]*\.main|slideshow\.main|template\.main)\+xml$/i

export async function readPowerPoint(document: Ooxml): Promise<void> {
  const { opened, writer } = document
  for (const { name, contentType } of opened.parts) {
    if (/vmlDrawing$|vmlDrawing\+xml$/i.test(contentType)) {
      await assignedMacros(document, name)
    }
    const xml = slideType.test(contentType) ? await opened.xml(name) : undefined
    if (!xml) continue
    scanPart(
      xml,
      {
        open: (element, attributes) =>
          actingElement(document, name, element, attributes),
      },
      (p) => writer.damaged(p, name),
    )
  }
}

function actingElement(
  document: Ooxml,
  part: string,
  element: string,
  attributes: Attributes,
): void {
  const { writer } = document
  switch (element) {
    case 'hlinkClick':
    case 'hlinkMouseOver':
    case 'hlinkHover':
      action(document, part, element, attributes)
      break
    case 'oleObj': {
      const progId = attributes.get('progId')
      const text = `Embed ${progId ?? ''}`.trim()
      writer.add({ kind: 'object', part, text, ...(progId && { progId }) })
      break
    }
    case 'cmd': {
      const command = attributes.get('cmd') ?? ''
      const text = `${attributes.get('type') ?? 'cmd'} ${command}`
      writer.add({ kind: 'action', part, text, relation: 'command' })
      break
    }
  }
}

function action(
  { relations, writer }: Ooxml,
  part: string,
  element: string,
  attributes: Attributes,
): void {
  const stated = attributes.get('action') ?? ''
  const id = attributes.get('id')
  const target = relations.get(part)?.find((r) => r.id === id)?.target
  const isPlain = stated === '' && element === 'hlinkClick'
  // A plain link is told of as a relation; moving among slides is no act.
  if (
    isPlain ||
    /^ppaction:\/\/(?:hlinkshowjump|hlinksldjump|noaction|media|customshow)/i.test(
      stated,
    )
  ) {
    return
  }
  const macroName = /^ppaction:\/\/macro\?name=(.+)$/i.exec(stated)?.[1]
  writer.add({
    kind: 'action',
    part,
    text: [element, stated, target].filter(Boolean).join(' '),
    relation: element,
    ...(target && { target: decoded(target), targetMode: 'external' }),
    ...(macroName && { macroName }),
  })
}

/** `file:///C:\x%20y` as a user reads it. */
function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
