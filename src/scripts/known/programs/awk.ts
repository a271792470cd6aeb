// awk: what its program starts, and the connections that it opens as files. It is read token by token: of its expressions only texts, names and
// what is joined of them are followed.
import type { Command, KnownCommand } from '../../fold/call.ts'
import { ofConnection, runsReceived } from '../../fold/flow.ts'
import {
  concat,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../../fold/value.ts'
import { regularExpression } from '../../syntax/javascript.ts'
import { Lexer } from '../../syntax/lexer.ts'
import { cSigns, signs } from '../../syntax/operators.ts'
import type { Token } from '../../syntax/token.ts'

/** UTF-16 units of one program. */
const maxUnits = 64 * 1024

const rules = {
  lineComments: ['#'],
  blockComments: [],
  strings: [{ open: '"', close: '"', escape: 'c' as const }],
  name: /[A-Za-z_$]\w{0,255}/y,
  operators: [...signs('|& || && == != <= >= ++ -- += -= ~'), ...cSigns],
  special: (lexer: Lexer, before: Token | undefined) =>
    regularExpression(lexer, before),
}

const ends = /^(?:[;{}()=,?:]|\|&?|\n)$/

/** `/inet/tcp/0/host/port`. */
const network =
  /^\/inet[46]?\/(?:tcp|udp)\/[^/]{0,64}\/([^/]{1,255})\/(\w{1,64})$/

class AwkProgram {
  readonly #command: Command
  readonly #tokens: readonly Token[]
  readonly #names = new Map<string, Value>()

  constructor(command: Command, source: string) {
    this.#command = command
    const range = { start: 0, end: Math.min(source.length, maxUnits) }
    const none = () => ({ kind: 'name', name: '', start: 0, end: 0 }) as const
    this.#tokens = new Lexer(source, range, rules, none).run()
  }

  set(name: string, value: Value): void {
    this.#names.set(name, value)
  }

  run(): void {
    this.#tokens.forEach((token, i) => {
      if (token.kind === 'text') return
      const { value } = token
      if (value === '=') this.#assign(i)
      else if (value === 'system' && this.#at(i + 1) === '(')
        this.#start(this.#joined(i + 2, 1))
      else if (value === '|' || value === '|&') this.#piped(i)
    })
  }

  #at(i: number): string {
    const token = this.#tokens[i]
    return token && token.kind !== 'text' ? token.value : ''
  }

  #assign(i: number): void {
    const name = this.#tokens[i - 1]
    const value = this.#joined(i + 1, 1)
    if (name?.kind === 'name' && value) this.set(name.value, value)
  }

  /** Texts and names that stand one behind the other are joined. */
  #joined(from: number, step: 1 | -1): Value | undefined {
    const parts: Value[] = []
    for (let i = from; parts.length < 64; i += step) {
      const token = this.#tokens[i]
      if (!token || token.kind === 'line' || token.kind === 'end') break
      if (token.kind === 'text') parts.push(text(token.value, token.via ?? 0))
      else if (
        ends.test(token.value) ||
        /^(?:print|printf|while|if|getline)$/.test(token.value)
      )
        break
      else if (token.kind === 'name' || token.kind === 'number')
        parts.push(this.#names.get(token.value) ?? unknown(token.value))
      else break
    }
    if (step < 0) parts.reverse()
    if (!parts.length) return undefined
    return parts.length === 1 ? parts[0] : concat(parts, this.#command.budget)
  }

  /** `X | getline v`, `X |& getline v`, `print v | X`, `print v |& X`. */
  #piped(i: number): void {
    if (this.#at(i + 1) !== 'getline') {
      const to = this.#joined(i + 1, 1)
      if (to && !this.#connects(to)) this.#start(to)
      return
    }
    const from = this.#joined(i - 1, -1)
    if (!from) return
    const name = this.#tokens[i + 2]
    const isNamed = name?.kind === 'name' && !ends.test(name.value)
    const line = this.#connects(from)
      ? unknown('line', ofConnection)
      : unknown('line', viaOf([from]))
    this.set(isNamed ? name.value : '$0', line)
    if (!this.#connects(from)) this.#start(from)
  }

  #connects(value: Value): boolean {
    const [, host, port] = network.exec(textOf(value) ?? '') ?? []
    if (!host) return false
    this.#command.tell('connect', `${host}:${port}`)
    this.#command.mark('connection')
    return true
  }

  #start(line: Value | undefined): void {
    if (!line) return
    if (line.kind === 'text' || runsReceived(line)) {
      this.#command.commandLine(line)
    }
  }
}

export const awk: KnownCommand = (command) => {
  const words = command.words.map(shownOf)
  let source: string | undefined
  const given: (readonly [string, string])[] = []
  for (let i = 0; i < words.length && source === undefined; i++) {
    const word = words[i]!
    const [, name = '', value = ''] =
      /^(?:-v)?([A-Za-z_]\w*)=([\s\S]*)$/.exec(
        word === '-v' ? words[++i]! : word,
      ) ?? []
    if (name) given.push([name, value])
    else if (word === '-F' || word === '-f') i++
    else if (!/^-/.test(word)) source = word
  }
  if (!source) return unknown('awk output')
  const program = new AwkProgram(command, source)
  for (const [name, value] of given) program.set(name, text(value))
  program.run()
  return unknown('awk output')
}

export const awkPrograms: Readonly<Record<string, KnownCommand>> = {
  awk,
  gawk: awk,
  mawk: awk,
  nawk: awk,
}
