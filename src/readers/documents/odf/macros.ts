// Macros of an OpenDocument: modules of Basic, and which of them events of the document start. What they do is told as of any script, of one, since what
// a module calls stands in another.
import type { ItemWriter } from '../item.ts'
import { type PartVisitor, scanPart, type XmlText } from '../xml.ts'

/** Of all modules, in UTF-16 units. */
const maxSource = 4 * 1024 * 1024
/** Macros that events start. */
const maxStarted = 256

/** `vnd.sun.star.script:Standard.Module1.Main?language=Basic&location=document`, `macro:///Standard.Module1.Main()`. */
const basicMacro =
  /^(?:vnd\.sun\.star\.script:(?=[^?]{1,512}\?(?:.{0,256}&)?language=Basic\b)|macro:\/{2,3}(?:\.\/)?)?(?:[\w ]{1,64}\.){0,3}([A-Za-z_]\w{0,254})(?:[?(].{0,1024})?$/i

/** Of the whole document, not of something that is clicked: opened, closed, shown, focused. */
const ofDocument =
  /^(?:office:|dom:)?(?:load(?:-finished)?|onload\w*|start-app|onstartapp|new|onnew|focus|onfocus|viewcreated|onviewcreated|prepareunload|unload|close-app|prepare\w*|onprepare\w*|onunload|print|save\w*|onlayoutfinished|layout-finished|onmodifychanged|modify-changed|onpagecountchange|page-count-change|titlechanged)$/i

export class OdfMacros {
  readonly #writer: ItemWriter
  readonly #sources: string[] = []
  readonly #started = new Set<string>()
  #units = 0
  #isCut = false

  constructor(writer: ItemWriter) {
    this.#writer = writer
  }

  module(part: string, macroName: string, source: string): void {
    if (!source.trim()) return
    const place = part ? { part } : {}
    this.#writer.add({ kind: 'macro', ...place, text: source, macroName })
    this.#units += source.length
    if (this.#units <= maxSource) this.#sources.push(source)
    else this.#isCut = true
  }

  /** An event that starts a macro. */
  event(event: string, macro: string): void {
    const name = ofDocument.test(event) && basicMacro.exec(macro)?.[1]
    if (name && this.#started.size < maxStarted) this.#started.add(name)
  }

  async tell(name: string): Promise<void> {
    if (this.#isCut)
      this.#writer.bound(
        `over ${maxSource} characters of Basic; the rest is not read as a script`,
        '',
      )
    if (this.#sources.length === 0) return
    // What the document's events call is called behind all of it, by a procedure that starts by itself.
    const calls = Array.from(this.#started, (macro) => `  ${macro}\r\n`)
    const entry = calls.length
      ? `\r\nSub Document_Open()\r\n${calls.join('')}End Sub\r\n`
      : ''
    const text = this.#sources.join('\r\n') + entry
    await this.#writer.inside(`${name}.vba`, Buffer.from(text))
  }
}

/** A library: modules, dialogs with what starts when they are used, and libraries that lie elsewhere. */
export function readLibrary(
  xml: XmlText,
  part: string,
  { writer, macros }: { writer: ItemWriter; macros: OdfMacros },
): void {
  scanPart(xml, new LibraryPart(part, writer, macros), (p) =>
    writer.damaged(p, part),
  )
}

class LibraryPart implements PartVisitor {
  readonly #part: string
  readonly #writer: ItemWriter
  readonly #macros: OdfMacros
  #module: string | undefined
  #source: string[] = []
  #units = 0

  constructor(part: string, writer: ItemWriter, macros: OdfMacros) {
    this.#part = part
    this.#writer = writer
    this.#macros = macros
  }

  open(
    name: string,
    attributes: { get(name: string): string | undefined },
  ): void {
    if (name === 'module') {
      this.#module = attributes.get('name') ?? ''
      this.#source = []
      this.#units = 0
    } else if (name === 'event' || name === 'listener-event') {
      const macro = attributes.get('macro-name') ?? ''
      if (macro)
        this.#writer.add({
          kind: 'action',
          part: this.#part,
          text: `${attributes.get('event-name') ?? name} ${macro}`,
          macroName: macro,
          relation: attributes.get('event-name') ?? name,
          target: macro,
        })
    } else if (name === 'library') this.#library(attributes.get('href') ?? '')
  }

  text(text: string): void {
    if (this.#module === undefined || this.#units > maxSource) return
    this.#units += text.length
    this.#source.push(text)
  }

  close(name: string): void {
    if (name !== 'module' || this.#module === undefined) return
    this.#macros.module(this.#part, this.#module, this.#source.join(''))
    this.#module = undefined
  }

  /** Those beside the document's own are named by an address. */
  #library(target: string) {
    if (
      !/^(?:https?|ftp|smb|vnd\.sun\.star\.webdavs?):|^file:\/{2,5}(?!\/|\$)[^/]|^\\\\/i.test(
        target,
      )
    )
      return
    this.#writer.add({
      kind: 'relation',
      part: this.#part,
      text: `library ${target}`,
      target,
      targetMode: 'external',
      relation: 'macroLibrary',
    })
  }
}
