// A small XML document as a tree: group policy, D-Bus, polkit, property lists. Bounded in depth and number; no entity is defined.
import { localName, scanXml } from './xml.ts'

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** Its own, joined. */
  readonly text: string
}

interface Open extends Element {
  readonly children: Element[]
  text: string
}

const maxDepth = 200
const maxElements = 150_000

export interface XmlTree {
  readonly root: Element
  readonly fault?: string
}

export function readXmlTree(text: string): XmlTree {
  const top = newElement('', [])
  const open: Open[] = [top]
  let count = 0
  let lost = ''
  const fault = scanXml(withoutDoctype(text), {
    open(name, attributes) {
      const element = newElement(localName(name), attributes)
      if (++count > maxElements) lost = `over ${maxElements} elements`
      else if (open.length > maxDepth) lost = `over ${maxDepth} levels`
      else open.at(-1)!.children.push(element)
      open.push(element)
    },
    close() {
      if (open.length > 1) open.pop()
    },
    text(part) {
      open.at(-1)!.text += part
    },
  })
  const said = lost || fault
  return { root: top, ...(said && { fault: said }) }
}

function newElement(name: string, attributes: readonly string[]): Open {
  const pairs: [string, string][] = []
  for (let i = 0; i + 1 < attributes.length; i += 2) {
    pairs.push([attributes[i]!, attributes[i + 1]!])
  }
  return { name, attributes: Object.fromEntries(pairs), children: [], text: '' }
}

/** A document type without definitions of its own says nothing; with them it stays, and ends the reading. */
function withoutDoctype(text: string): string {
  return text.replace(/<!DOCTYPE[^<>[\]]{0,1000}>/i, '')
}

export function* below(element: Element): Generator<Element> {
  const open = [element]
  for (;;) {
    const next = open.pop()
    if (!next) return
    if (next !== element) yield next
    for (let i = next.children.length - 1; i >= 0; i--) {
      open.push(next.children[i]!)
    }
  }
}

export function childText(element: Element, name: string): string | undefined {
  return element.children.find((c) => c.name === name)?.text.trim()
}
