// Scripts in markup: WSF, scriptlets, HTML applications, PHP between its text. Which parts are script, in which language, and what the markup
// itself does.
import type { Budget } from '../budget.ts'
import { fromBase64 } from '../fold/decode.ts'
import { text as textValue } from '../fold/value.ts'
import type { Language } from '../language.ts'
import type { Span } from '../syntax/node.ts'
import { carriedFile } from '../fold/carried-file.ts'
import { elementIn, type PageElement } from './elements.ts'
import { dereferenced, plainAttribute } from './references.ts'

export interface ScriptPart {
  readonly span: Span
  readonly language: Language
  /** References to characters stand for what they mean. */
  readonly refers: boolean
}

export interface MarkupParts {
  readonly scripts: readonly ScriptPart[]
  /** Addresses that scripts are loaded from, and class ids of objects. */
  readonly sources: readonly { readonly url: string; readonly span: Span }[]
  /** `name`: what scripts of the page call them. */
  readonly objects: readonly {
    readonly id: string
    readonly name: string | undefined
    readonly span: Span
  }[]
  /** What scripts ask for by a name. */
  readonly elements: readonly PageElement[]
  /** Names of files that links make. */
  readonly downloads: readonly { readonly name: string; readonly span: Span }[]
}

/** Tags looked at. */
const maxTags = 20_000
/** UTF-16 units of one tag, and tags of one page that are longer: each is looked through in vain. */
const maxTagUnits = 16_384
/** Elements with names that are kept. */
const maxElements = 2_000
const maxOpenTags = 256

export function markupParts(text: string, budget: Budget): MarkupParts {
  const scripts: ScriptPart[] = []
  const isXml = /^\uFEFF?\s{0,64}<\?xml\b/i.test(text.slice(0, 80))
  const sources: { url: string; span: Span }[] = []
  const objects: { id: string; name: string | undefined; span: Span }[] = []
  const downloads: { name: string; span: Span }[] = []
  const elements: PageElement[] = []
  let byDefault: Language = 'jscript'
  let at = 0
  let open = 0
  for (let tags = 0; tags < maxTags; tags++) {
    const start = text.indexOf('<', at)
    if (start < 0) break
    if (text.startsWith('<!--', start)) {
      at = commentEnd(text, start)
      continue
    }
    const end = tagEnd(text, start)
    if (end === start + 1 && ++open > maxOpenTags) {
      budget.limits.add(`over ${maxOpenTags} tags that do not end`)
      break
    }
    const tag = text.slice(start, end)
    const name = /^<([\w:]{1,40})/.exec(tag)?.[1]?.toLowerCase()
    at = end
    if (!name) continue
    const span = { start, end }
    if (name === 'script' || name.endsWith(':script')) {
      const made = scriptIn(text, tag, end, byDefault)
      byDefault = made.said ?? byDefault
      if (made.source) sources.push({ url: made.source, span })
      at = made.at
      const refers = isXml && made.span.start === end
      if (made.span.end > made.span.start && !tag.endsWith('/>'))
        scripts.push({ span: made.span, language: made.language, refers })
    } else if (name === 'object' || name === 'implements') {
      const made = objectIn(tag, span)
      if (made) objects.push(made)
    }
    const element = elements.length < maxElements && namedIn(text, tag, end)
    if (element) elements.push(element)
    const made = name === 'a' ? attribute(tag, 'download') : undefined
    if (made) downloads.push({ name: made, span })
    for (const own of handlers(start, tag, byDefault)) scripts.push(own)
  }
  return { scripts, sources, objects, elements, downloads }
}

/** Behind its tag, which says where it lies and in which language it is. */
function scriptIn(page: string, tag: string, end: number, byDefault: Language) {
  const said = languageOf(attribute(tag, 'language'))
  const language = said ?? languageOf(attribute(tag, 'type')) ?? byDefault
  const at = closing(page, end)
  const source = attribute(tag, 'src')
  return { said, language, source, at, span: withoutCdata(page, end, at) }
}

/** What has a name that scripts may ask for. */
function namedIn(page: string, tag: string, end: number) {
  const kind = /^<([\w:]{1,40})/.exec(tag)?.[1] ?? ''
  return /\s(?:id|name)\s{0,8}=/i.test(tag)
    ? elementIn(page, tag, kind.toLowerCase(), end)
    : undefined
}

function objectIn(
  tag: string,
  span: Span,
): MarkupParts['objects'][number] | undefined {
  const id = attribute(tag, 'classid') ?? attribute(tag, 'progid')
  if (!id) return undefined
  return { id: id.replace(/^clsid:/i, ''), name: attribute(tag, 'id'), span }
}

const dataAddress =
  /\b(?:href|src|data)\s{0,8}=\s{0,8}["']?data:[\w.+-]{1,64}\/[\w.+-]{1,64}(?:;[\w=.-]{1,64}){0,4};base64,([A-Za-z0-9+/=\s]{64,})/gi

/** Files that stand in addresses of a page. */
export function* dataInPage(text: string, budget: Budget): Generator<Buffer> {
  for (const { 1: encoded } of text.matchAll(dataAddress)) {
    const decoded = fromBase64(textValue(encoded!), budget)
    const file = decoded && carriedFile(decoded)
    if (file) yield file
  }
}

function commentEnd(text: string, start: number): number {
  const end = text.indexOf('-->', start)
  return end < 0 ? text.length : end + 3
}

function tagEnd(text: string, start: number): number {
  let quote = ''
  const limit = Math.min(text.length, start + maxTagUnits)
  for (let i = start; i < limit; i++) {
    const c = text[i]!
    if (quote) {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '>') return i + 1
  }
  return Math.min(text.length, start + 1)
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(
    `\\s${name}\\s{0,8}=\\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`,
    'i',
  ).exec(tag)
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value === undefined ? undefined : plainAttribute(value)
}

function languageOf(said: string | undefined): Language | undefined {
  if (!said) return undefined
  if (/vbs|vbscript/i.test(said)) return 'vbscript'
  if (/js|javascript|jscript|ecma/i.test(said)) return 'jscript'
  if (/perl/i.test(said)) return 'perl'
  if (/python/i.test(said)) return 'python'
  return /ruby/i.test(said) ? 'ruby' : undefined
}

function closing(text: string, from: number): number {
  const end = /<\/(?:\w{1,16}:)?script\s{0,8}>/gi
  end.lastIndex = from
  return end.exec(text)?.index ?? text.length
}

function withoutCdata(text: string, start: number, end: number): Span {
  const inner = text.slice(start, end)
  const open =
    /^\s*(?:\/\/|'|\/\*)?\s*<!\[CDATA\[(?:\*\/)?|^\s*<!--/.exec(
      inner.slice(0, 256),
    )?.[0].length ?? 0
  const close =
    /(?:\/\/|'|\/\*)?\s*\]\]>\s*(?:\*\/)?\s*$|(?:\/\/|')?\s*-->\s*$/.exec(
      inner.slice(open).slice(-64),
    )?.[0].length ?? 0
  return { start: start + open, end: Math.max(start + open, end - close) }
}

const handling =
  /[\s/"'](on\w{2,20}|href|src|action|formaction|srcdoc|content)\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*))/gi

/** `onload="…"`, `href="javascript:…"`, `srcdoc="…"`, and a page that leads to a script. */
function* handlers(
  start: number,
  tag: string,
  byDefault: Language,
): Generator<ScriptPart> {
  for (const found of tag.matchAll(handling)) {
    const [all, name = '', double, single, bare] = found
    const value = double ?? single ?? bare ?? ''
    const at = start + found.index + all.length - (bare ? 0 : 1) - value.length
    const scheme = schemeOf(value)
    if (name.toLowerCase() === 'srcdoc') {
      const span = { start: at, end: at + value.length }
      yield { span, language: 'html', refers: true }
    } else if (scheme || /^on/i.test(name)) {
      const span = { start: at + (scheme?.length ?? 0), end: at + value.length }
      const language = scheme?.isVb ? 'vbscript' : byDefault
      yield { span, language, refers: true }
    }
  }
}

/** Units of a value in which its scheme ends, as written. */
const maxScheme = 256
const scheme =
  /^(?:\d{1,4}\s*[;,]\s*url\s*=\s*['"]?)?[\u0000-\u0020]*(javascript|vbscript|jscript):/i

/** Browsers pass over line ends and tabs in it, and read references. */
function schemeOf(
  value: string,
): { readonly length: number; readonly isVb: boolean } | undefined {
  const written = value.slice(0, maxScheme)
  const { text, places } = dereferenced(written) ?? { text: written }
  let plain = ''
  const at: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (/[\t\r\n]/.test(text[i]!)) continue
    plain += text[i]
    at.push(places ? places[i]! : i)
  }
  const found = scheme.exec(plain)
  if (!found) return undefined
  const end = found[0].length
  return {
    length: at[end] ?? (plain.length === end ? written.length : 0),
    isVb: /^v/i.test(found[1]!),
  }
}
