// The data of a Windows event, however a collector writes them: an object of names, a list of pairs (`@Name`/`#text`,
// `Name`/`Value`) or of one-member objects, XML, JSON or `name: value` lines as text. Values without a name are numbered.
import type { Value } from '../../base/record.ts'
import { addField, type Fields } from '../flat/fields.ts'
import { jsonOfText } from '../flat/json-text.ts'
import { type JsonObject, listOrText } from '../flat/json-value.ts'
import { isNamespace } from '../system-part.ts'
import { parseEventDataXml } from '../windows-xml/event.ts'
import { decodedOnce } from './event-text.ts'
import { plainValue } from './plain-value.ts'

/** Objects in objects. */
const maxDepth = 16
/** `param1` … of data without names. */
const maxParams = 32
/** Fields of one event. */
const maxFields = 4096

export interface EventData {
  readonly fields: Fields
  /** Fields that have a name of their own. */
  readonly named: number
  /** Values without a name, in their order. */
  readonly unnamed: readonly Value[]
  readonly damage: string | undefined
}

export function readEventData(value: unknown): EventData {
  const reading = new DataReading()
  reading.take(value, 0)
  return reading.done()
}

/** Elements that hold data and are none. */
const wrappers = new Set(['data', 'eventdata', 'userdata', 'eventxml', 'event'])

class DataReading {
  readonly #fields: Fields = {}
  readonly #unnamed: Value[] = []
  #named = 0
  #damage: string | undefined

  done(): EventData {
    const unnamed = this.#unnamed
    const fields = withOwnSpelling(this.#fields)
    if (unnamed.length > 0) {
      addField(fields, 'Data', unnamed.join('\n'))
      unnamed.slice(0, maxParams).forEach((value, i) => {
        const name = `param${i + 1}`
        if (!Object.hasOwn(fields, name)) addField(fields, name, value)
      })
    }
    return { fields, named: this.#named, unnamed, damage: this.#damage }
  }

  take(value: unknown, depth: number): void {
    if (value === null || value === undefined || value === '') return
    if (typeof value === 'string') this.#text(value, depth)
    else if (typeof value !== 'object') this.#unnamed.push(value as Value)
    else if (depth > maxDepth) return
    else if (Array.isArray(value)) {
      if (value.every(isNamedValue))
        for (const [name, item] of value) this.#add(name, item)
      else for (const item of value) this.#item(item, depth)
    } else this.#object(value as JsonObject, depth)
  }

  #item(item: unknown, depth: number) {
    if (typeof item === 'object' && item !== null) this.take(item, depth + 1)
    else this.#unnamed.push((item ?? '') as Value)
  }

  #object(object: JsonObject, depth: number) {
    const pair = pairOf(object)
    if (pair) {
      if (pair.name === '' && Array.isArray(pair.value)) {
        this.take(pair.value, depth + 1)
      } else if (pair.name === '') this.#item(pair.value, depth)
      else this.#add(pair.name, pair.value)
      return
    }
    for (const key in object) this.#member(key, object[key], depth)
  }

  #member(key: string, raw: unknown, depth: number) {
    const value = plainValue(raw)
    if (isNamespace(key.replace(/^[@#]/, ''))) return
    if (key === '#attributes' || key === '@attributes' || key === '$') return
    const isWrapper = wrappers.has(key.toLowerCase().replaceAll(/[^a-z]/g, ''))
    if (isWrapper && depth < maxDepth) {
      if (typeof value === 'string' && !isData(value)) this.#unnamed.push(value)
      else this.take(value, depth + 1)
      return
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const text = textOfElement(value as JsonObject)
      // User data stand below an element that only wraps them.
      if (text === undefined) this.take(value, depth + 1)
      else this.#add(key, text)
    } else this.#add(key, value)
  }

  #text(text: string, depth: number) {
    const trimmed = text.trim()
    if (trimmed.startsWith('<')) {
      const { fields, damage } = parseEventDataXml(
        /^<(?:Data|ComplexData)\b/.test(trimmed)
          ? `<EventData>${trimmed}</EventData>`
          : trimmed,
      )
      if (damage) this.#damage = `EventData XML ${damage}`
      for (const name of Object.keys(fields)) this.#add(name, fields[name]!)
      return
    }
    if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
      try {
        const { value, damage } = jsonOfText(trimmed)
        if (damage !== undefined) this.#damage = `event data: ${damage}`
        this.take(value, depth + 1)
        return
      } catch {
        this.#damage = 'event data that begin as JSON and are none'
      }
    }
    const once = depth < maxDepth ? decodedOnce(trimmed) : undefined
    if (once !== undefined && /^\s{0,64}[[{]/.test(once)) {
      this.#text(once, depth + 1)
      return
    }
    const pairs = linesOf(trimmed)
    if (pairs.length < 2) this.#unnamed.push(text)
    else for (const [name, value] of pairs) this.#add(name, value)
  }

  #add(rawName: string, value: unknown) {
    if (this.#named >= maxFields) {
      this.#damage ??= `more than ${maxFields} fields`
      return
    }
    this.#named++
    const name = rawName.replaceAll(/[\s@\0]+/g, '')
    const flat =
      typeof value === 'object' && value !== null
        ? listOrText(value)
        : ((value ?? null) as Value)
    addField(this.#fields, name, flat)
  }
}

/** `["Image", "C:\\x"]` among others. */
function isNamedValue(item: unknown): item is readonly [string, unknown] {
  return (
    Array.isArray(item) &&
    item.length === 2 &&
    typeof item[0] === 'string' &&
    /^[A-Za-z]\w{0,63}$/.test(item[0])
  )
}

function isData(text: string): boolean {
  return /^\s*[<{[]/.test(text)
}

/** `Image: C:\x`, a line each, or in one line with `;` or `,` between, where all are such; at least two of them. */
function linesOf(text: string): (readonly [string, string])[] {
  const lines = text.split(/\r?\n/, maxFields)
  if (lines.length > 1) return lines.flatMap(labelled)
  for (const mark of [/;\s*/, /,\s+/, /\s\|\s/]) {
    const parts = text.split(mark, maxFields).filter((p) => p !== '')
    const pairs = parts.flatMap(labelled)
    if (pairs.length > 1 && pairs.length === parts.length) return pairs
  }
  return []
}

function labelled(line: string): (readonly [string, string])[] {
  const m = /^\s{0,8}([A-Z]\w{0,63})\s?[:=]\s?(.*)$/.exec(line)
  return m ? [[m[1]!, m[2]!]] : []
}

const nameKeys = [
  '@Name',
  'Name',
  'name',
  '@name',
  'key',
  'Key',
  '_Name',
  '@_Name',
  '-Name',
]
const valueKeys = [
  '#text',
  'Value',
  'value',
  '_text',
  'text',
  'Text',
  '_',
  '$t',
  '__text',
  'content',
  '#content',
  '#value',
  '$value',
]
/** Where libraries put the attributes of an element. */
const attributeKeys = [
  '#attributes',
  '@attributes',
  '_attributes',
  '$',
  'attributes',
]
const otherKeys = new Set(['@Type', 'Type', 'type', '@type', 'xsi:type'])

interface Pair {
  readonly name: string
  readonly value: unknown
}

/** An element's name and text, in the spelling of whatever library made JSON of it. undefined: it is none. */
function pairOf(object: JsonObject): Pair | undefined {
  let name: unknown
  let value: unknown = ''
  let hasName = false
  let members = 0
  for (const key in object) {
    if (++members > 4) return undefined
    if (!hasName && nameKeys.includes(key)) {
      name = object[key]
      hasName = true
    } else if (attributeKeys.includes(key) && !isScalar(object[key])) {
      const attributes = object[key] as JsonObject | null
      name = attributes?.Name ?? attributes?.name
      hasName ||= name !== undefined
    } else if (valueKeys.includes(key) || key === '$')
      value = plainValue(object[key])
    else if (!otherKeys.has(key)) return undefined
  }
  if (hasName && typeof name === 'string') return { name, value }
  return !hasName && members === 1 ? { name: '', value } : undefined
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** `{"#text": "…", "@Type": "…"}`: an element whose name is its key. */
function textOfElement(object: JsonObject): unknown {
  for (const key in object) {
    if (key !== '#text' && key !== '_text' && !key.startsWith('@')) {
      return undefined
    }
  }
  return object['#text'] ?? object._text
}

/**
 * Windows begins each word of a name with a capital. Where all names are in camel case or in snake case, a library renamed them, and perhaps
 * escaped backslashes and quotes again.
 */
function withOwnSpelling(fields: Fields): Fields {
  const names = Object.keys(fields)
  const isRenamed =
    names.length > 0 &&
    names.every((n) => /^[a-z]/.test(n)) &&
    names.some((n) => /[a-z](?:[A-Z]|_[a-z])/.test(n) || n === 'image')
  if (!isRenamed) return fields
  const isEscaped = names.every((n) => hasDoubledBackslashes(fields[n]!))
  const out: Fields = {}
  for (const n of names) {
    const value = fields[n]!
    const name = /^param\d+$/.test(n) ? n : capitalised(n)
    const isText = isEscaped && typeof value === 'string'
    addField(out, name, isText ? value.replaceAll(/\\([\\"])/g, '$1') : value)
  }
  return out
}

function capitalised(name: string): string {
  return name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  )
}

function hasDoubledBackslashes(value: Value): boolean {
  if (typeof value !== 'string' || !value.includes('\\')) return true
  return /^(?:[^\\]|\\[\\"])*$/s.test(value)
}
