// Just enough XML for `spath` and `xmlkv`: elements, attributes, text and the five entities. No document type is read, so
// nothing can expand or be fetched; what is no XML is passed over.
import type { Single } from './values.ts'
import { maxValuesOfField } from './values.ts'

/** Characters of a document, and elements within one another. */
const maxDocument = 1_000_000
const maxDepth = 64

interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g,
    (all, d: string, h: string, n: string) => {
      const code = d ? Number(d) : h ? Number.parseInt(h, 16) : undefined
      if (code !== undefined)
        return code <= 0x10ffff ? String.fromCodePoint(code) : all
      return entities[n] ?? all
    },
  )
}

const tag =
  /<(?:!\[CDATA\[([\s\S]*?)\]\]>|!--[\s\S]*?-->|\?[^>]*>|![^>]*>|(\/)?([\w:.-]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>)|([^<]+)/g

function parseXml(document: string): Element {
  const root: Element = {
    name: '',
    attributes: new Map(),
    children: [],
    text: '',
  }
  const open: Element[] = [root]
  if (document.length > maxDocument) return root
  for (const m of document.matchAll(tag)) {
    const top = open.at(-1)!
    if (m[1] !== undefined) top.text += m[1]
    else if (m[5] !== undefined) top.text += decodeEntities(m[5])
    else if (m[3] !== undefined) {
      if (m[2]) {
        if (open.length > 1 && top.name === m[3]) open.pop()
        continue
      }
      const element: Element = {
        name: m[3],
        attributes: attributesOf(m[4]!),
        children: [],
        text: '',
      }
      top.children.push(element)
      if (!m[4]!.trimEnd().endsWith('/') && open.length < maxDepth)
        open.push(element)
    }
  }
  return root
}

function attributesOf(text: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const m of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    map.set(m[1]!, decodeEntities(m[2] ?? m[3] ?? ''))
  }
  return map
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
        if (text) out.set(name, [...(out.get(name) ?? []), text])
      }
      visit(child)
    }
  }
  visit(parseXml(document))
  return out
}
