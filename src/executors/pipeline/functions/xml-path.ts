// Just enough XML for `spath` and `xmlkv`: elements, attributes, text and the five entities. No document type is read, so
// nothing can expand or be fetched; what is no XML is passed over.
import { entryOf } from '../../../base/entry.ts'

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
      return entryOf(entities, n) ?? all
    },
  )
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'cdata'; readonly text: string }
  | { readonly kind: 'tag'; readonly text: string }

/** Goes forward only: what is not closed is passed over once. */
function* tokensOf(document: string): Generator<Token> {
  let at = 0
  while (at < document.length) {
    const open = document.indexOf('<', at)
    const stop = open < 0 ? document.length : open
    if (stop > at) yield { kind: 'text', text: document.slice(at, stop) }
    if (open < 0) return
    if (document.startsWith('<!--', open)) {
      const end = document.indexOf('-->', open + 4)
      if (end < 0) return
      at = end + 3
    } else if (document.startsWith('<![CDATA[', open)) {
      const end = document.indexOf(']]>', open + 9)
      if (end < 0) return
      yield { kind: 'cdata', text: document.slice(open + 9, end) }
      at = end + 3
    } else {
      const end = tagEnd(document, open + 1)
      if (document[end] === '>')
        yield { kind: 'tag', text: document.slice(open + 1, end) }
      at = document[end] === '<' ? end : end + 1
    }
  }
}

/** Where a tag ends, or the next begins, quotes passed over. */
function tagEnd(document: string, from: number): number {
  let at = from
  while (at < document.length) {
    const c = document[at]!
    if (c === '>' || c === '<') return at
    if (c === '"' || c === "'") {
      const close = document.indexOf(c, at + 1)
      if (close < 0) return document.length
      at = close
    }
    at++
  }
  return at
}

function parseXml(document: string): Element {
  const root: Element = {
    name: '',
    attributes: new Map(),
    children: [],
    text: '',
  }
  const open: Element[] = [root]
  if (document.length > maxDocument) return root
  for (const { kind, text } of tokensOf(document)) {
    const top = open.at(-1)!
    if (kind === 'cdata') top.text += text
    else if (kind === 'text') top.text += decodeEntities(text)
    else {
      const m = /^(\/)?([\w:.-]+)/.exec(text)
      if (!m) continue
      if (m[1]) {
        if (open.length > 1 && top.name === m[2]) open.pop()
        continue
      }
      const element: Element = {
        name: m[2]!,
        attributes: attributesOf(text.slice(m[0].length)),
        children: [],
        text: '',
      }
      top.children.push(element)
      if (!text.trimEnd().endsWith('/') && open.length < maxDepth)
        open.push(element)
    }
  }
  return root
}

function attributesOf(text: string): Map<string, string> {
  const map = new Map<string, string>()
  const form = /(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
  for (const m of text.matchAll(form)) {
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
