// The tags of a page as Office reads it: what stands in a comment with a condition is a part of the page, what stands in any other is none.
import { decodeEntities } from '../../../base/xml.ts'

export interface Tag {
  /** In small letters, with its prefix: `w:attachedtemplate`. */
  readonly name: string
  readonly isEnd: boolean
  /** Of its `<`. */
  readonly at: number
  /** Behind its `>`. */
  readonly end: number
  readonly text: string
}

/** Of one tag with quotes that hold a `>`, in UTF-16 units. */
const maxQuoted = 256 * 1024
/** Tags with a quote that nothing closes; in others quotes are not looked at. */
const maxOpenQuotes = 64

const start = /<(?:!--(?!\[if)|(\/?)([a-z][\w:.-]{0,63}))/gi

export function* tagsOf(html: string): Generator<Tag> {
  const find = new RegExp(start)
  let open = 0
  for (let found = find.exec(html); found; found = find.exec(html)) {
    const at = found.index
    const name = found[2]?.toLowerCase()
    if (name === undefined) {
      const close = html.indexOf('-->', at)
      if (close < 0) return
      find.lastIndex = close + 3
      continue
    }
    const quoted = open < maxOpenQuotes ? endBehindQuotes(html, at) : undefined
    if (quoted === undefined) open++
    const end = quoted ?? plainEnd(html, at)
    find.lastIndex = end
    yield { name, isEnd: found[1] === '/', at, end, text: html.slice(at, end) }
  }
}

/** A `>` between quotes ends no tag. */
function endBehindQuotes(html: string, at: number): number | undefined {
  const limit = Math.min(html.length, at + maxQuoted)
  let quote = ''
  for (let i = at; i < limit; i++) {
    const c = html[i]!
    if (quote) {
      if (c === quote) quote = ''
    } else if (c === '>') return i + 1
    else if ((c === '"' || c === "'") && /[=\s]/.test(html[i - 1] ?? ''))
      quote = c
  }
  return undefined
}

/** What nothing ends reaches to the end of the page. */
function plainEnd(html: string, at: number): number {
  const end = html.indexOf('>', at)
  return end < 0 ? html.length : end + 1
}

/** Decoded; undefined: it has none of this name. */
export function attributeOf(tag: Tag, name: string): string | undefined {
  const found = new RegExp(
    `[\\s"'/]${name}\\s{0,64}=\\s{0,64}(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`,
    'i',
  ).exec(tag.text)
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value === undefined ? undefined : decodedHtml(value)
}

const names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    nbsp: ' ',
    equals: '=',
    vert: '|',
    verbar: '|',
    excl: '!',
    sol: '/',
    bsol: '\\',
    lpar: '(',
    rpar: ')',
    colon: ':',
    comma: ',',
    period: '.',
    plus: '+',
    commat: '@',
    quot: '"',
    apos: "'",
  }),
)

/** As pages are read: a number needs no semicolon behind it. */
export function decodedHtml(text: string): string {
  if (!text.includes('&')) return text
  const plain = text
    .replace(/&([a-z]{3,6});/gi, (whole, name: string) => {
      return names.get(name.toLowerCase()) ?? whole
    })
    .replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));?/gi, (whole, hex, digits) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(digits)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
  return decodeEntities(plain)
}

/** Without tags, of which the last may be open, and with blanks for breaks of lines. */
export function plainText(html: string): string {
  return decodedHtml(
    html.replaceAll(/<[^<>]*(?:>|$)/g, '').replaceAll(/\s+/g, ' '),
  )
}
