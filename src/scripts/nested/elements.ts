// Elements of a page that scripts ask for by a name: what their attributes say, and the text in them. Of what would be laid out otherwise than it
// is written nothing is said.
import { object, type ObjectValue, text } from '../fold/value.ts'
import { plainAttribute } from './references.ts'

export interface PageElement {
  readonly id: string
  readonly value: ObjectValue
  /** Of a Windows script file: text that `getResource` gives. */
  readonly isResource: boolean
}

/** Attributes of one element, and UTF-16 units of what is in it. */
const maxAttributes = 32
const maxInside = 1024 * 1024

const attributes =
  /\s([a-z_][\w-]{0,40})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi

/** `end`: where its tag ends. undefined: it has no name. */
export function elementIn(
  page: string,
  tag: string,
  name: string,
  end: number,
): PageElement | undefined {
  const value = object('element')
  let n = 0
  for (const [, key = '', double, single, bare] of tag.matchAll(attributes)) {
    if (n++ >= maxAttributes) break
    const written = plainAttribute(double ?? single ?? bare ?? '')
    if (!value.entries.has(key.toLowerCase()))
      value.entries.set(key.toLowerCase(), text(written))
  }
  const named = value.entries.get('id') ?? value.entries.get('name')
  const id = named?.kind === 'text' ? named.text : ''
  if (!id) return undefined
  value.entries.set('tagname', text(name.toUpperCase()))
  const inside = tag.endsWith('/>') ? undefined : insideOf(page, name, end)
  if (inside !== undefined) setInside(value, name, inside)
  return { id, value, isResource: name === 'resource' }
}

/** Up to where it is closed; undefined: another of its kind stands in it, or nothing closes it. */
function insideOf(
  page: string,
  name: string,
  from: number,
): string | undefined {
  const closing = new RegExp(`<(/?)${name.replace(/\W/g, '\\$&')}\\b`, 'gi')
  closing.lastIndex = from
  const found = closing.exec(page)
  if (!found?.[1] || found.index - from > maxInside) return undefined
  return page.slice(from, found.index)
}

function setInside(
  { entries }: ObjectValue,
  name: string,
  written: string,
): void {
  const cdata = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(written)?.[1]
  const inner = cdata ?? written
  if (name === 'resource') {
    entries.set('text', text(cdata ?? plainAttribute(inner)))
    return
  }
  if (/<[a-z/!]/i.test(inner)) return
  const plain = plainAttribute(inner)
  entries.set('textcontent', text(plain))
  if (name === 'textarea') {
    entries.set('value', text(plain.replace(/^\r?\n/, '')))
    return
  }
  const shown = text(plain.replace(/[ \t\r\n]+/g, ' ').trim())
  entries.set('innertext', shown)
  entries.set('outertext', shown)
  if (!inner.includes('&')) entries.set('innerhtml', text(inner))
}
