// Values of an XML document by path, for `spath`, and by name, for `xmlkv`.
import { scanXml, type XmlVisitor } from '../../../base/xml.ts'

import type { Single } from '../values.ts'
import { maxValuesOfField } from '../values.ts'

/** Characters of a document, and elements within one another. */
const maxDocument = 1_000_000
const maxDepth = 64

interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

function elementOf(name: string, attributes: readonly string[]): Element {
  const map = new Map<string, string>()
  for (let i = 0; i < attributes.length; i += 2) {
    map.set(attributes[i]!, attributes[i + 1]!)
  }
  return { name, attributes: map, children: [], text: '' }
}

function parseXml(document: string): Element {
  const root = elementOf('', [])
  if (document.length > maxDocument) return root
  const open: Element[] = [root]
  let tooDeep = 0
  const visitor: XmlVisitor = {
    open(name, attributes) {
      const element = elementOf(name, attributes)
      open.at(-1)!.children.push(element)
      if (open.length < maxDepth) open.push(element)
      else tooDeep++
    },
    close(name) {
      if (tooDeep > 0) tooDeep--
      else if (open.length > 1 && open.at(-1)!.name === name) open.pop()
    },
    text(text) {
      open.at(-1)!.text += text
    },
  }
  scanXml(document, visitor)
  return root
}

/** `Event.System.EventID`, `Event.EventData.Data{@Name}`, `Data{2}` (the first is 1, as Splunk counts in XML). */
export function readXmlPath(document: string, path: string): Single[] {
  let found: Element[] = [parseXml(document)]
  for (const step of path.split('.').slice(0, maxDepth)) {
    const m = /^([^{}]*)(?:\{(@?)([\w:-]*)\})?$/.exec(step)
    if (!m) return []
    const next = m[1]
      ? found.flatMap((e) => e.children.filter((c) => c.name === m[1]))
      : found
    if (m[2])
      return next
        .flatMap((e) => e.attributes.get(m[3]!) ?? [])
        .slice(0, maxValuesOfField)
    found = m[3] ? next.slice(Number(m[3]) - 1, Number(m[3])) : next
  }
  return found
    .map((e) => e.text.trim())
    .filter(Boolean)
    .slice(0, maxValuesOfField)
}

/** Every leaf element by its name; Windows' `<Data Name="x">` by x. */
export function xmlPairs(document: string): Map<string, string[]> {
  const out = new Map<string, string[]>()
  const visit = (e: Element) => {
    for (const child of e.children) {
      if (!child.children.length) {
        const name = child.attributes.get('Name') ?? child.name
        const text = child.text.trim()
        const known = out.get(name)
        if (text && known) known.push(text)
        else if (text) out.set(name, [text])
      }
      visit(child)
    }
  }
  visit(parseXml(document))
  return out
}
