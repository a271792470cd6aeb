// The words of a cmdlet, each given to the parameter that it is for: by a name, by an alias, by the beginning of either, or by its place.
// Microsoft Learn, about_Parameter_Binding and about_CommonParameters; the parameters are those on the pages of the cmdlets.
import { shownOf, text, type Value } from '../fold/value.ts'

interface Parameter {
  readonly names: readonly string[]
  readonly isSwitch: boolean
  readonly isPlaced: boolean
}

export type Parameters = readonly Parameter[]

/** `name|alias*`: by place, in this order; `name!`: a switch. */
export function parameters(written: string): Parameters {
  return [...read(written), ...common]
}

function read(written: string): Parameters {
  return written
    .trim()
    .split(/\s+/)
    .map((one) => ({
      names: one.replace(/[*!]$/, '').split('|'),
      isSwitch: one.endsWith('!'),
      isPlaced: one.endsWith('*'),
    }))
}

const common = read(
  'verbose|vb! debug|db! erroraction|ea warningaction|wa informationaction|infa errorvariable|ev warningvariable|wv informationvariable|iv outvariable|ov outbuffer|ob pipelinevariable|pv whatif|wi! confirm|cf!',
)

const dashed = /^[-\u2013\u2014\u2015]([a-z_]\w{0,63})(?::([\s\S]*))?$/i

function isDashed(word: Value): boolean {
  return word.kind === 'text' && dashed.test(word.text)
}

export class Bound {
  readonly plain: Value[] = []
  readonly #parameters: Parameters
  readonly #given = new Map<Parameter, Value>()

  constructor(words: readonly Value[], known: Parameters) {
    this.#parameters = known
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!
      const [, name, glued] =
        (word.kind === 'text' && dashed.exec(word.text)) || []
      const parameter = name ? this.#named(name.toLowerCase()) : undefined
      if (!parameter) {
        // A parameter that nobody knows takes its value along; behind the first word it may be a word for a program.
        if (!name || this.plain.length) this.plain.push(word)
        else if (words[i + 1] && !isDashed(words[i + 1]!)) i++
      } else if (glued) this.#given.set(parameter, text(glued, word.via))
      else if (parameter.isSwitch && glued === undefined)
        this.#given.set(parameter, text('True'))
      else if (words[i + 1]) this.#given.set(parameter, words[++i]!)
    }
    this.#place()
  }

  #named(name: string): Parameter | undefined {
    return (
      this.#parameters.find((p) => p.names.includes(name)) ??
      this.#parameters.find((p) => p.names.some((n) => n.startsWith(name)))
    )
  }

  /** Those without a name go to the places that are free. */
  #place(): void {
    const free = this.#parameters.filter(
      (p) => p.isPlaced && !this.#given.has(p),
    )
    this.plain.slice(0, free.length).forEach((value, i) => {
      this.#given.set(free[i]!, value)
    })
  }

  /** By the first of its names. */
  get(name: string): Value | undefined {
    const parameter = this.#parameters.find((p) => p.names[0] === name)
    return parameter && this.#given.get(parameter)
  }

  shown(name: string): string {
    return shownOf(this.get(name))
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }
}
