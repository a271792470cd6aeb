// Text that was put into other text, and escaped for it: as a string of JSON (`\u003cEvent`, `{\"a\":1}`), or for XML and HTML
// (`&lt;Event`, `{&quot;a&quot;:1}`). One level is taken away at a time, from the first sign of an event on.
import { decodeEntities } from '../../base/xml.ts'

/** A syslog header or the like may precede an event, in UTF-16 units. */
export const maxPrefixLength = 1024
/** Of a sign itself. */
const maxSignLength = 192

export interface Sign {
  readonly at: number
  readonly escape: 'none' | 'json' | 'entities'
}

const plain =
  /<(?:\w{1,32}:)?Event[\s>](?! {0,8}xmlns=\\)|\{\s{0,64}"|\[\s{0,64}\{\s{0,64}"/
const ofJson =
  /\\{1,31}u003c(?:\w{1,32}:)?Event\b|<(?:\w{1,32}:)?Event {1,8}xmlns=\\|[[{](?:\s|\\{1,31}[nrt]){0,64}\\{1,31}(?:"|u0022)/i
const ofEntities =
  /&(?:amp;){0,4}(?:lt|#0{0,4}60|#x0{0,4}3c);(?:\w{1,32}:)?Event\b|[[{]\s{0,64}&(?:amp;){0,4}(?:quot|#0{0,4}34|#x0{0,4}22);/i

const forms = [
  ['none', plain],
  ['json', ofJson],
  ['entities', ofEntities],
] as const

/** Where does an event begin, as far as its first characters tell, and how is it written? */
export function firstSign(text: string): Sign | undefined {
  const head = text.slice(0, maxPrefixLength + maxSignLength)
  let first: Sign | undefined
  for (const [kind, form] of forms) {
    const at = head.search(form)
    if (at < 0 || at > maxPrefixLength) continue
    if (!first || at < first.at) first = { at, escape: kind }
  }
  return first
}

/** The event on, with one level less. undefined: nothing is escaped before something else begins. */
export function unescapedOnce(text: string): string | undefined {
  const sign = firstSign(text)
  if (!sign || sign.escape === 'none') return undefined
  const body = text.slice(sign.at)
  const decoded =
    sign.escape === 'json' ? withoutBackslashes(body) : decodeEntities(body)
  if (!'[{'.includes(body[0]!)) return decoded
  // The quote or tag that ends the text around it is none of it.
  const close = body[0] === '{' ? '}' : ']'
  return decoded.slice(0, decoded.lastIndexOf(close) + 1)
}

const breaks: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

function withoutBackslashes(text: string): string {
  return text.replaceAll(
    /\\(?:u([0-9A-Fa-f]{4})|(["\\/bfnrt]))/g,
    (_, code: string | undefined, sign: string) =>
      code === undefined
        ? (breaks[sign] ?? sign)
        : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
