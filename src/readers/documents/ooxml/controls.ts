// Controls (ActiveX) that a document embeds: which class, and what their properties lead to.
// [MS-OE376] 2.3.1 (`ocx`): the class stands in the part, the state in properties beside it or in a stream of its own.
import { guidAt } from '../binary/guid.ts'
import { programOf } from '../ole/classes.ts'
import { scanPart } from '../xml.ts'

import type { Ooxml } from './document.ts'
import { type Relation, targetPart } from './relations.ts'

/** Properties of controls that show or play what lies elsewhere. */
const leading = /^(?:url|src|movie|filename|location|source|navigate|base)$/i

export async function readControl(
  { opened, writer, relations }: Ooxml,
  part: string,
): Promise<void> {
  const xml = await opened.xml(part)
  if (!xml) return
  let classId = ''
  const properties: [string, string][] = []
  scanPart(
    xml,
    {
      open(name, attributes) {
        if (name === 'ocx')
          classId = (attributes.get('classid') ?? '').toUpperCase()
        else if (name === 'ocxPr') {
          const value = attributes.get('value') ?? ''
          properties.push([attributes.get('name') ?? '', value])
        }
      },
    },
    (p) => writer.damaged(p, part),
  )
  classId ||= await classOfState(opened, part, relations.get(part) ?? [])
  const target = properties.find(([n, v]) => leading.test(n) && v !== '')?.[1]
  const progId = programOf(classId.replace(/[{}]/g, ''))
  writer.add({
    kind: 'object',
    part,
    text: ['control', progId || classId, target].filter(Boolean).join(' '),
    relation: 'control',
    ...(classId && { classId }),
    ...(progId && { progId }),
    ...(target && { target, targetMode: 'external' }),
  })
}

/** A state that is a stream begins with its class. */
async function classOfState(
  opened: Ooxml['opened'],
  part: string,
  relations: readonly Relation[],
): Promise<string> {
  const state = relations.find((r) => r.type === 'activeXControlBinary')
  const bytes = state && (await opened.bytes(targetPart(part, state.target)))
  const id = bytes ? guidAt(bytes, 0) : ''
  return id ? `{${id}}` : ''
}
