// An Open XML package: which parts it has, and of which type each is. It lies in a zip or in one flat file.
// ECMA-376 part 2 (open packaging conventions).
import type { Package } from '../../reader.ts'
import { decodeXml, maxPartBytes, scanPart, type XmlText } from '../xml.ts'

export interface Part {
  /** Without a slash before it. */
  readonly name: string
  /** '' where it is not said. */
  readonly contentType: string
}

export class OpenedPackage {
  readonly #opened: Package
  /** By name in lower case, as the package spells it: names of parts are equal whatever their case. */
  readonly #spelled = new Map<string, string>()
  readonly parts: readonly Part[]

  constructor(opened: Package, types: ContentTypes) {
    this.#opened = opened
    this.parts = opened.members.map((member) => {
      const name = plainName(member.name)
      this.#spelled.set(name.toLowerCase(), member.name)
      return { name, contentType: types.of(name) }
    })
  }

  /** undefined: there is none, or it cannot be read, which is said elsewhere. */
  async bytes(name: string): Promise<Buffer | undefined> {
    const spelled = this.#spelled.get(plainName(name).toLowerCase())
    return spelled === undefined
      ? undefined
      : this.#opened.read(spelled, maxPartBytes)
  }

  async xml(name: string): Promise<XmlText | undefined> {
    const bytes = await this.bytes(name)
    return bytes && decodeXml(bytes)
  }
}

/** Some programs write backslashes, or a slash in front. */
function plainName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '')
}

export const contentTypesPart = '[Content_Types].xml'

export class ContentTypes {
  readonly #byName = new Map<string, string>()
  readonly #byEnding = new Map<string, string>()

  read(xml: XmlText, tell: (problem: string) => void): this {
    const open = (name: string, get: (name: string) => string | undefined) => {
      const type = get('ContentType') ?? ''
      if (name === 'Override') this.set(get('PartName') ?? '', type)
      if (name === 'Default') {
        this.#byEnding.set((get('Extension') ?? '').toLowerCase(), type)
      }
    }
    scanPart(xml, { open: (name, a) => open(name, (n) => a.get(n)) }, tell)
    return this
  }

  set(part: string, type: string): void {
    this.#byName.set(plainName(part).toLowerCase(), type)
  }

  of(part: string): string {
    const key = part.toLowerCase()
    const ending = key.slice(key.lastIndexOf('.') + 1)
    return this.#byName.get(key) ?? this.#byEnding.get(ending) ?? ''
  }
}
