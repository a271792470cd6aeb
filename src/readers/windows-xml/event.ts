// The fields of one event written as XML, under the names that the binary log gives them: the System part as Tag_Attribute,
// event data by the Name of a Data element, user data by their tags.
import type { Provenance, Scalar } from '../../base/record.ts'
import { localName, scanXml, type XmlVisitor } from '../../base/xml.ts'

import { addField, type Fields } from '../flat/fields.ts'
import { windowsWriter } from '../flat/written-by.ts'
import {
  isNamespace,
  numberOf,
  systemName,
  systemNumbers,
} from '../system-part.ts'

/** Elements in elements. */
const maxDepth = 64
/** Fields of one event. */
const maxFields = 4096
/** `param1`, `param2` … of data without names. */
const maxParams = 256

export interface XmlEvent {
  readonly fields: Fields
  readonly provenance: Provenance
  /** undefined where the event states none. */
  readonly recordId: number | undefined
  /** What was wrong with the text: the fields are what could be read. */
  readonly damage: string | undefined
}

/** undefined: no event whose System part says which it is. */
export function parseWindowsEventXml(text: string): XmlEvent | undefined {
  const fields = new EventFields()
  const damage = scanXml(text, fields) ?? fields.unfinished()
  return fields.event(damage)
}

/** Only the data of an event (`<EventData>…</EventData>`), as Log Analytics keeps them. */
export function parseEventDataXml(text: string): {
  fields: Fields
  damage: string | undefined
} {
  const data = new EventFields()
  const damage = scanXml(text, data) ?? data.unfinished()
  return { fields: data.done(), damage }
}

/** The System part alone says whether anyone wants the event, when it was, and on which machine. */
export function readHead(
  text: string,
): Pick<XmlEvent, 'fields' | 'provenance'> | undefined {
  const end = text.indexOf('</System>')
  if (end < 0) return undefined
  const fields = new EventFields()
  scanXml(text.slice(0, end + 9), fields)
  return fields.event(undefined)
}

interface OpenElement {
  readonly tag: string
  /** The name of the field that its text becomes; '' of data without a name. */
  readonly name: string
  text: string
  hasChildren: boolean
}

class EventFields implements XmlVisitor {
  readonly #fields: Fields = {}
  readonly #system = new Set<string>()
  readonly #lists = new Map<string, Scalar[]>()
  readonly #unnamed: string[] = []
  readonly #open: OpenElement[] = []
  #section = ''
  #count = 0
  #hasSystem = false
  #fault: string | undefined

  open(name: string, attributes: readonly string[]): void {
    const tag = localName(name)
    const depth = this.#open.length
    if (depth >= maxDepth) this.#fault ??= `elements deeper than ${maxDepth}`
    const parent = this.#open.at(-1)
    if (parent) parent.hasChildren = true
    const isSection = depth === 0 ? tag !== 'Event' : parent?.tag === 'Event'
    if (isSection) this.#section = tag
    if (tag === 'System' && isSection) this.#hasSystem = true
    const isData = tag === 'Data' || tag === 'ComplexData'
    const field = isData ? attribute(attributes, 'Name') : tag
    this.#open.push({ tag, name: field, text: '', hasChildren: false })
    if (tag === 'Event' && depth === 0) return
    for (let i = 0; i < attributes.length; i += 2) {
      const key = attributes[i]!
      if (isNamespace(key)) continue
      if (key.startsWith('xml:') || (isData && key === 'Name')) continue
      this.#add(`${field || tag}_${key}`, attributes[i + 1]!)
    }
  }

  lost(what: string): void {
    this.#fault ??= what
  }

  close(name: string): void {
    const tag = localName(name)
    let i = this.#open.length - 1
    while (i >= 0 && this.#open[i]!.tag !== tag) i--
    if (i < 0) {
      this.#fault ??= `</${tag}> closes nothing`
      return
    }
    if (i < this.#open.length - 1) {
      this.#fault ??= `<${this.#open.at(-1)!.tag}> is not closed`
    }
    const element = this.#open[i]!
    this.#open.length = i
    if (tag !== 'Event' || i > 0) this.#finish(element, i)
  }

  text(text: string): void {
    const element = this.#open.at(-1)
    if (element) element.text += text
  }

  /** Elements that were still open when the text ended; what they held is not a whole value. */
  unfinished(): string | undefined {
    const element = this.#open.at(-1)
    if (element) return `cut off within <${element.tag}>`
    return this.#fault
  }

  event(damage: string | undefined): XmlEvent | undefined {
    if (!this.#hasSystem) return undefined
    const fields = this.done()
    const isSaid = 'EventID' in fields || 'Provider_Name' in fields
    if (!isSaid) return undefined
    const id = fields.EventRecordID
    return {
      fields,
      provenance: windowsWriter(fields),
      recordId: typeof id === 'number' ? id : undefined,
      damage,
    }
  }

  /** `Data` holds all values without a name, a line each; `param1`, `param2` hold them one by one. */
  done(): Fields {
    const unnamed = this.#unnamed.splice(0)
    if (unnamed.length > 0) {
      this.#section = 'EventData'
      this.#add('Data', unnamed.join('\n'))
      unnamed.slice(0, maxParams).forEach((value, i) => {
        const name = `param${i + 1}`
        if (!Object.hasOwn(this.#fields, name)) this.#add(name, value)
      })
    }
    return this.#fields
  }

  #finish(element: OpenElement, depth: number) {
    const { tag, name, text, hasChildren } = element
    const isSaid = text.trim() !== ''
    if (this.#section === 'System') {
      if (isSaid && !hasChildren) this.#add(tag, text.trim())
    } else if (tag === this.#section && depth <= 1) {
      if (isSaid) this.#add(tag, text)
    } else if (hasChildren && !isSaid) {
      // A wrapper: between its elements there is only layout.
    } else if (name) this.#add(name, text)
    else this.#unnamed.push(text)
  }

  // A name that comes again has a list, which grows in place: an event may say the same name thousands of times.
  #addValue(name: string, text: string) {
    const list = this.#lists.get(name)
    if (list) list.push(text)
    else if (Object.hasOwn(this.#fields, name)) {
      const both = [this.#fields[name]!, text].flat()
      this.#lists.set(name, both)
      this.#fields[name] = both
    } else addField(this.#fields, name, text)
  }

  #add(rawName: string, text: string) {
    if (++this.#count > maxFields) {
      this.#fault ??= `more than ${maxFields} fields`
      return
    }
    const plain = /[\s\0]/.test(rawName)
      ? rawName.replaceAll(/[\s\0]+/g, '')
      : rawName
    if (this.#section === 'System') {
      const name = systemName(plain)
      if (this.#system.has(name) || text === '') return
      this.#system.add(name)
      addField(
        this.#fields,
        name,
        systemNumbers.has(name) ? numberOf(text) : text,
      )
      return
    }
    let name = plain
    const isRendered = this.#section === 'RenderingInfo' && name !== 'Message'
    if (isRendered && !name.startsWith('RenderingInfo_')) {
      name = `RenderingInfo_${name}`
    }
    // The System part keeps its names; event data go by `EventData_Channel`.
    if (this.#system.has(name)) name = `${this.#section}_${name}`
    this.#addValue(name, text)
  }
}

function attribute(attributes: readonly string[], name: string): string {
  for (let i = 0; i < attributes.length; i += 2) {
    if (attributes[i] === name) return attributes[i + 1]!
  }
  return ''
}
