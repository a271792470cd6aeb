// `set /a`: whole numbers of 32 bits, names without signs, several with commas between them. Microsoft Learn, "set" (Windows commands).

/** What is known of a name; undefined: nothing. One that was never set is 0. */
export type NumberOf = (name: string) => number | undefined
export type SetNumber = (name: string, value: number | undefined) => void

const tokens =
  /\s*(?:(0x[0-9a-f]{1,8}|\d{1,10})|([A-Za-z_#$][\w#$.]{0,127})|(<<=|>>=|[-+*/%&|^]=|<<|>>|[-+*/%&|^~!()=,]))/giy

/** Expressions within each other, and tokens of one line. */
const maxDepth = 60
const maxTokens = 2_000

type Binary = (a: number, b: number) => number | undefined

const binary: Readonly<Record<string, readonly [number, Binary]>> = {
  '|': [1, (a, b) => a | b],
  '^': [2, (a, b) => a ^ b],
  '&': [3, (a, b) => a & b],
  '<<': [4, (a, b) => a << b],
  '>>': [4, (a, b) => a >> b],
  '+': [5, (a, b) => (a + b) | 0],
  '-': [5, (a, b) => (a - b) | 0],
  '*': [6, (a, b) => Math.imul(a, b)],
  '/': [6, (a, b) => (b ? Math.trunc(a / b) | 0 : undefined)],
  '%': [6, (a, b) => (b ? a % b : undefined)],
}

class Arithmetic {
  readonly #tokens: readonly string[]
  readonly #of: NumberOf
  readonly #set: SetNumber
  #at = 0
  #depth = 0

  constructor(text: string, of: NumberOf, set: SetNumber) {
    this.#of = of
    this.#set = set
    this.#tokens = tokensOf(text)
  }

  run(): number | undefined {
    let last: number | undefined
    while (this.#at < this.#tokens.length) {
      const before = this.#at
      last = this.#assigned()
      if (this.#peek === ',' || this.#at === before) this.#at++
    }
    return last
  }

  get #peek(): string {
    return this.#tokens[this.#at] ?? ''
  }

  #assigned(): number | undefined {
    if (this.#depth++ > maxDepth) return undefined
    const name = this.#peek
    const sign = this.#tokens[this.#at + 1] ?? ''
    let made: number | undefined
    if (isName(name) && /^(?:[-+*/%&|^]|<<|>>)?=$/.test(sign)) {
      this.#at += 2
      const given = this.#assigned()
      const op = sign.slice(0, -1)
      made = op ? applied(op, this.#of(name), given) : given
      this.#set(name, made)
    } else made = this.#binary(1)
    this.#depth--
    return made
  }

  #binary(least: number): number | undefined {
    let left = this.#unary()
    for (;;) {
      const sign = this.#peek
      const known = Object.hasOwn(binary, sign) ? binary[sign]! : undefined
      if (!known || known[0] < least) return left
      this.#at++
      left = applied(sign, left, this.#binary(known[0] + 1))
    }
  }

  #unary(): number | undefined {
    if (this.#depth++ > maxDepth) return undefined
    const made = this.#operand()
    this.#depth--
    return made
  }

  #operand(): number | undefined {
    const token = this.#peek
    if (!token) return undefined
    if (/^[-+~!]$/.test(token)) {
      this.#at++
      const of = this.#unary()
      if (of === undefined) return undefined
      return token === '-'
        ? -of | 0
        : token === '~'
          ? ~of
          : token === '!'
            ? Number(!of)
            : of
    }
    if (token === '(') {
      this.#at++
      const made = this.#assigned()
      if (this.#peek === ')') this.#at++
      return made
    }
    if (isName(token)) {
      this.#at++
      return this.#of(token)
    }
    if (!/^\d/.test(token)) return undefined
    this.#at++
    const isOctal = /^0[0-7]+$/.test(token)
    return (isOctal ? Number.parseInt(token, 8) : Number(token)) | 0
  }
}

function applied(
  op: string,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined || b === undefined ? undefined : binary[op]![1](a, b)
}

function isName(token: string): boolean {
  return /^[A-Za-z_#$]/.test(token)
}

/** Cut where anything stands that is none of them. */
function tokensOf(text: string): string[] {
  const out: string[] = []
  tokens.lastIndex = 0
  while (out.length < maxTokens) {
    const found = tokens.exec(text)
    if (!found) break
    out.push(found[1] ?? found[2] ?? found[3]!)
  }
  // What is left over makes all of it unknown.
  return out.length && /^\s*$/.test(text.slice(endOf(text, out))) ? out : []
}

function endOf(text: string, taken: readonly string[]): number {
  let at = 0
  for (const token of taken) at = text.indexOf(token, at) + token.length
  return at
}

/** What the last of it comes to; undefined: not known. */
export function arithmetic(
  text: string,
  of: NumberOf,
  set: SetNumber,
): number | undefined {
  return new Arithmetic(text, of, set).run()
}
