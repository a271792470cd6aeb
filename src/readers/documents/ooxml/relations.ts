// How do the parts of a package point at each other, and at what lies outside?
// ECMA-376 part 2, 6.5 (relationships): a part's own stand in `_rels/<part>.rels` beside it.
import type { DocumentItem } from '../item.ts'
import { scanPart, type XmlText } from '../xml.ts'

export interface Relation {
  readonly id: string
  /** The last part of its type: `attachedTemplate`. */
  readonly type: string
  readonly target: string
  readonly isExternal: boolean
}

/** Of one part. */
const maxRelations = 100_000

export function readRelations(
  xml: XmlText,
  tell: (problem: string) => void,
): readonly Relation[] {
  const relations: Relation[] = []
  let lost = 0
  scanPart(
    xml,
    {
      open(name, attributes) {
        if (name !== 'Relationship') return
        if (relations.length >= maxRelations) {
          lost++
          return
        }
        const target = attributes.get('Target') ?? ''
        const mode = attributes.get('TargetMode') ?? ''
        relations.push({
          id: attributes.get('Id') ?? '',
          type: (attributes.get('Type') ?? '').split('/').at(-1)!,
          target,
          isExternal: /^external$/i.test(mode) || isAddress.test(target),
        })
      },
    },
    tell,
  )
  if (lost > 0) tell(`${lost} more relations, over ${maxRelations}`)
  return relations
}

/** No part has such a name, whatever is said of it. */
const isAddress = /^\s*(?:[a-z][a-z\d+.-]{1,31}:|\\\\)/i

/** `word/_rels/document.xml.rels` says it of `word/document.xml`. undefined: it is no part of relations. */
export function relatedPart(name: string): string | undefined {
  const match = /^(.*?)_rels\/([^/]*)\.rels$/i.exec(name)
  return match ? match[1]! + match[2]! : undefined
}

/** A target is relative to the part that it is of. */
export function targetPart(of: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const path = of.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.') path.push(step)
  }
  return path.join('/')
}

/** What users follow when they click, other than what is loaded when the document is opened. */
const clicked = new Set(['hyperlink'])

export function externalItem(part: string, relation: Relation): DocumentItem {
  const { type, target } = relation
  return {
    kind: clicked.has(type) ? 'link' : 'relation',
    part,
    text: `${type} ${target}`,
    target,
    targetMode: 'external',
    relation: type,
  }
}
