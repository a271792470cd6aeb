// What a control of the document shows that is bound to data: Word takes it out of the data when the document is opened, whatever the control holds.
// ECMA-376 part 1, 17.5.2.6 (dataBinding).
import { scanPart, type XmlText } from '../../xml.ts'
import type { Ooxml } from '../document.ts'

/** Of one value, in UTF-16 units. */
const maxValue = 32 * 1024
/** Steps of a path, and parts with data. */
const maxSteps = 64
const maxParts = 256

/** Custom data, and the properties of the document, to which controls may be bound as well. */
const dataPart = /^(?:customXml\/[^/]*|docProps\/(?:core|app))\.xml$/i

interface Step {
  readonly name: string
  readonly index: number
}

export class BoundData {
  readonly #parts: readonly XmlText[]

  private constructor(parts: readonly XmlText[]) {
    this.#parts = parts
  }

  static async of({ opened, relations }: Ooxml): Promise<BoundData> {
    const named = [...relations.values()]
      .flat()
      .filter((r) => r.type === 'customXml' && !r.isExternal)
      .map((r) => r.target.split('/').at(-1)!.toLowerCase())
    const asked = new Set(named)
    const parts: XmlText[] = []
    for (const { name } of opened.parts) {
      const last = name.split('/').at(-1)!.toLowerCase()
      if (!dataPart.test(name) && !asked.has(last)) continue
      const xml = parts.length < maxParts ? await opened.xml(name) : undefined
      if (xml) parts.push(xml)
    }
    return new BoundData(parts)
  }

  /** Of the first part that has such a place. */
  value(path: string): string | undefined {
    const steps = stepsOf(path)
    if (!steps) return undefined
    for (const part of this.#parts) {
      const value = valueAt(part, steps)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** `/ns0:root[1]/ns0:name[1]`, perhaps with an attribute at its end. */
function stepsOf(path: string): readonly Step[] | undefined {
  const written = path.split('/').filter(Boolean)
  if (written.length === 0 || written.length > maxSteps) return undefined
  const steps: Step[] = []
  for (const step of written) {
    const [, name, index] =
      /^@?(?:[\w.-]{1,64}:)?([\w.-]{1,128})(?:\[(\d{1,6})\])?$/.exec(step) ?? []
    if (!name) return undefined
    steps.push({
      name: step.startsWith('@') ? `@${name}` : name,
      index: Number(index ?? 1),
    })
  }
  return steps
}

function valueAt(xml: XmlText, steps: readonly Step[]): string | undefined {
  /** How many of each step's name stand where the path leads so far. */
  const seen = new Array<number>(steps.length).fill(0)
  let depth = 0
  let matched = 0
  let value: string | undefined
  let isDone = false
  scanPart(
    xml,
    {
      open(name, attributes) {
        const step = steps[matched]
        if (!isDone && depth === matched && step?.name === name) {
          seen[matched]!++
          if (seen[matched] === step.index) {
            matched++
            seen[matched] = 0
            const next = steps[matched]
            if (matched === steps.length) value = ''
            else if (next?.name.startsWith('@')) {
              value = attributes.get(next.name.slice(1))
              isDone = value !== undefined
            }
          }
        }
        depth++
      },
      text(text) {
        if (value !== undefined && !isDone && value.length < maxValue)
          value += text
      },
      close() {
        depth--
        if (depth >= matched) return
        if (value !== undefined) isDone = true
        matched = Math.min(matched, depth)
      },
    },
    () => {},
  )
  return value
}
