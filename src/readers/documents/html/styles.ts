// What the styles of a page say of its fields: in the tag itself, or of its class in a sheet of styles. CSS 2.1, 4.1.3 (escapes).
import { attributeOf, type Tag } from './tags.ts'

/** Of what stands before the styles of classes, in UTF-16 units, and classes that matter. */
const maxSelector = 1024
const maxClasses = 1024

const mark = /mso-element\s*:\s*["']?field-(begin|separator|end)/i
const code =
  /mso-field-code\s*:\s*(?:"((?:[^"\\]|\\[\s\S]){0,32768})"|'((?:[^'\\]|\\[\s\S]){0,32768})'|([^;]{0,32768}))/i

export interface FieldStyle {
  readonly mark?: 'begin' | 'separator' | 'end'
  /** A whole field, whose result is what the element holds. */
  readonly code?: string
}

export class FieldStyles {
  readonly #byClass = new Map<string, string>()

  /** The text of a `style` element. */
  sheet(text: string): void {
    let from = 0
    for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', from)) {
      const end = text.indexOf('}', at)
      const style = text.slice(at + 1, end < 0 ? undefined : end)
      if (/mso-(?:element|field-code)/i.test(style))
        this.#rule(text.slice(Math.max(from, at - maxSelector), at), style)
      if (end < 0) return
      from = end + 1
    }
  }

  #rule(selector: string, style: string) {
    for (const [, name] of selector.matchAll(/\.([\w-]{1,128})/g))
      if (this.#byClass.size < maxClasses)
        this.#byClass.set(name!.toLowerCase(), style)
  }

  /** undefined: nothing of fields. */
  of(tag: Tag): FieldStyle | undefined {
    const own = /style/i.test(tag.text) ? attributeOf(tag, 'style') : undefined
    return styleIn(own) ?? styleIn(this.#ofClass(tag))
  }

  #ofClass(tag: Tag): string | undefined {
    if (this.#byClass.size === 0 || !/class/i.test(tag.text)) return undefined
    const names = (attributeOf(tag, 'class') ?? '').toLowerCase().split(/\s+/)
    const known = names.find((name) => this.#byClass.has(name))
    return known === undefined ? undefined : this.#byClass.get(known)
  }
}

function styleIn(written: string | undefined): FieldStyle | undefined {
  if (!written) return undefined
  const style = written.replaceAll(/\/\*[^*]{0,1024}\*\//g, '')
  const [, one, other, bare] = code.exec(style) ?? []
  const given = one ?? other ?? bare
  if (given !== undefined) return { code: unescaped(given) }
  const found = mark.exec(unescaped(style))?.[1]?.toLowerCase()
  return found === 'begin' || found === 'separator' || found === 'end'
    ? { mark: found }
    : undefined
}

/** A number stands for its character, any other character for itself. */
function unescaped(text: string): string {
  return text.replaceAll(
    /\\(?:([\da-f]{1,6})\s?|([\s\S]))/gi,
    (whole, hex: string | undefined, plain: string | undefined) => {
      if (hex === undefined) return plain ?? ''
      const number = Number.parseInt(hex, 16)
      return number > 0 && number <= 0x10ffff
        ? String.fromCodePoint(number)
        : whole
    },
  )
}
