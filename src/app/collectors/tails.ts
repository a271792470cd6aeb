// What stands behind the fields of findings: the same few again and again, in whatever thread, so each is kept once.
import type { RulePart } from '../../findings/assemble.ts'
import type { FindingEnd } from '../../findings/event-findings.ts'
import { tailOf } from '../../findings/read-event.ts'

/** In bytes, of all. Names of fields come from input, and so do ends that name what is missing. */
const maxBytes = 16 * 1024 * 1024

export class Tails {
  readonly #all: Uint8Array[] = []
  readonly #numbers = new Map<string, number>()
  #bytes = 0

  of(number: number): Uint8Array {
    return this.#all[number]!
  }

  /** The number of each, known or new; undefined: there are too many. */
  numbersOf(
    ends: readonly FindingEnd[],
    partOf: (rule: number) => RulePart,
  ): number[] | undefined {
    const numbers: number[] = []
    for (const { rule, text } of ends) {
      const { buffer, byteOffset, length } = text
      const said = Buffer.from(buffer, byteOffset, length).toString('latin1')
      const key = `${rule} ${said}`
      let number = this.#numbers.get(key)
      if (number === undefined) {
        const tail = tailOf(partOf(rule), text)
        if (this.#bytes + tail.length > maxBytes) return undefined
        this.#bytes += tail.length
        number = this.#all.push(tail) - 1
        this.#numbers.set(key, number)
      }
      numbers.push(number)
    }
    return numbers
  }
}
