// References to characters in markup: `&quot;`, `&#x61;`, `&colon;`. Names are those of HTML that stand for ASCII, which script is made of
// (html.spec.whatwg.org, "Named character references").
import { bitOf } from '../fold/value.ts'

const names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    quot: '"',
    QUOT: '"',
    amp: '&',
    AMP: '&',
    lt: '<',
    LT: '<',
    gt: '>',
    GT: '>',
    apos: "'",
    nbsp: '\u00a0',
    Tab: '\t',
    NewLine: '\n',
    excl: '!',
    num: '#',
    dollar: '$',
    percnt: '%',
    lpar: '(',
    rpar: ')',
    ast: '*',
    midast: '*',
    plus: '+',
    comma: ',',
    period: '.',
    sol: '/',
    colon: ':',
    semi: ';',
    equals: '=',
    quest: '?',
    commat: '@',
    lsqb: '[',
    lbrack: '[',
    bsol: '\\',
    rsqb: ']',
    rbrack: ']',
    Hat: '^',
    lowbar: '_',
    grave: '`',
    lcub: '{',
    lbrace: '{',
    verbar: '|',
    vert: '|',
    rcub: '}',
    rbrace: '}',
  }),
)

/** Those that need no semicolon. */
const bare = /^(?:quot|amp|lt|gt|nbsp)$/i

const reference =
  /&(?:#[xX]([0-9a-fA-F]{1,8})|#(\d{1,10})|([A-Za-z]{2,8}))(;?)/g

export interface Dereferenced {
  readonly text: string
  /** Of each unit of the text, its place in what was written. */
  readonly places: Uint32Array
  /** Letters were written as numbers. */
  readonly via: number
}

/** undefined: there are none. */
export function dereferenced(written: string): Dereferenced | undefined {
  if (!written.includes('&')) return undefined
  const out: string[] = []
  const places = new Uint32Array(written.length)
  let done = 0
  let n = 0
  let via = 0
  for (const found of written.matchAll(reference)) {
    const meant = meantBy(found)
    if (meant === undefined) continue
    out.push(written.slice(done, found.index), meant)
    for (; done < found.index; done++) places[n++] = done
    for (let i = 0; i < meant.length; i++) places[n++] = found.index
    done = found.index + found[0].length
    if (!found[3] && /\w/.test(meant)) via |= bitOf('escapes')
  }
  out.push(written.slice(done))
  for (; done < written.length; done++) places[n++] = done
  return { text: out.join(''), places: places.subarray(0, n), via }
}

function meantBy([, hex, decimal, name, semicolon]: RegExpExecArray):
  | string
  | undefined {
  if (name) return semicolon || bare.test(name) ? names.get(name) : undefined
  const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

export function plainAttribute(value: string): string {
  return dereferenced(value)?.text ?? value
}
