// One call, as those see it who know it. Calls are many and few of them say anything, so what says it is made when it is asked for.
import type { ActionKind } from '../action.ts'
import type { Budget } from '../budget.ts'
import type { Language } from '../language.ts'
import type { Session } from '../session.ts'
import type { Span } from '../syntax/node.ts'
import type {
  Call,
  Command,
  CommandChanges,
  Mark,
  Teller,
  Told,
} from './call.ts'
import type { Calling } from './folding.ts'
import {
  flowWithin,
  isOf,
  isOpenShell,
  ofConnection,
  runsReceived,
} from './flow.ts'
import type { Scope } from './scope.ts'
import { shownOf, type Value, viaOf } from './value.ts'

/** What becomes of what is found. */
export interface Findings {
  action(
    kind: ActionKind,
    target: string,
    at: Span,
    via: number,
    host: string | undefined,
  ): void
  script(value: Value, language: Language | undefined, at: Span): void
  /** A script that is run where it stands, among the names of there: what it comes to. */
  evaluated(value: Value, language: Language, at: Span, scope: Scope): Value
  commandLine(line: string, via: number, at: Span): void
  mark(mark: Mark, at: Span): void
  /** A file that the script carries. */
  file(bytes: Buffer): void
  /** What is found from here on is reached from this procedure, which starts by itself. */
  entry(name: string | undefined): void
}

export interface CallWorld {
  readonly language: Language
  readonly budget: Budget
  readonly session: Session
  readonly findings: Findings
  /** What may be shown for a place: its statement. */
  placeOf(at: Span): Span
  invoke(fn: Value | undefined, args: readonly Value[]): Value
  send(receiver: Value, name: string, args: readonly Value[], at: Span): Value
  scope(): Scope
  run(block: Value, topic: Value | undefined): Value
  define(name: string, value: Value): void
  get(name: string): Value | undefined
  callPath(path: string, args: readonly Value[], at: Span): Value
}

export class CallFacts implements Call {
  path = ''
  readonly language: Language
  readonly budget: Budget
  readonly session: Session
  readonly method: string
  readonly receiver: Value | undefined
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  readonly #world: CallWorld
  readonly #at: Span
  readonly #via: number
  #teller: Teller | undefined

  constructor(
    world: CallWorld,
    { at, receiver, args, named, method, via = 0 }: Calling,
  ) {
    this.#world = world
    this.#at = at
    this.#via = via
    this.language = world.language
    this.budget = world.budget
    this.session = world.session
    this.method = method
    this.receiver = receiver
    this.args = args
    this.named = named
  }

  /** Whom it is of, and what it is given. */
  get flow(): number {
    let all = flowWithin(this.receiver)
    for (const arg of this.args) all |= flowWithin(arg)
    for (const arg of this.named.values()) all |= flowWithin(arg)
    return all
  }

  get invoke(): Call['invoke'] {
    return (fn, given) => this.#world.invoke(fn, given)
  }

  get send(): Call['send'] {
    return (receiver, name, given) =>
      this.#world.send(receiver, name, given, this.#at)
  }

  get get(): Call['get'] {
    return (name) => this.#world.get(name)
  }

  get define(): Call['define'] {
    return (name, value) => this.#world.define(name, value)
  }

  get tell(): Teller['tell'] {
    return this.#says.tell
  }

  get script(): Teller['script'] {
    return this.#says.script
  }

  get evaluate(): Teller['evaluate'] {
    return this.#says.evaluate
  }

  get mark(): Teller['mark'] {
    return this.#says.mark
  }

  get commandLine(): Teller['commandLine'] {
    return (line, told) => {
      this.#says.commandLine(line, told)
      // Whatever is given besides the line may be its ends.
      const besides = [...this.args, ...this.named.values()]
      const ends = besides.filter((a) => a !== line)
      if (isOpenShell(shownOf(line)) && ends.some((e) => isOf(e, ofConnection)))
        this.mark('shell')
    }
  }

  get #says(): Teller {
    const values = [this.receiver, ...this.args]
    this.#teller ??= tellerOf(this.#world, this.#at, values, this.#via)
    return this.#teller
  }
}

export interface CommandParts {
  readonly name: string
  readonly program: string
  readonly first: Value | undefined
  readonly words: readonly Value[]
  readonly input: Value | undefined
  readonly piped: boolean
  readonly at: Span
}

/** One command, as those see it who know it. */
export class CommandFacts implements Command {
  readonly language: Language
  readonly budget: Budget
  readonly session: Session
  readonly name: string
  readonly program: string
  readonly first: Value | undefined
  readonly words: readonly Value[]
  readonly input: Value | undefined
  readonly piped: boolean
  readonly #world: CallWorld
  readonly #parts: CommandParts
  #teller: Teller | undefined

  constructor(world: CallWorld, parts: CommandParts) {
    this.#world = world
    this.#parts = parts
    this.language = world.language
    this.budget = world.budget
    this.session = world.session
    this.name = parts.name
    this.program = parts.program
    this.first = parts.first
    this.words = parts.words
    this.input = parts.input
    this.piped = parts.piped
  }

  with(changes: CommandChanges): Command {
    return new CommandFacts(this.#world, { ...this.#parts, ...changes })
  }

  invoke(fn: Value | undefined, args: readonly Value[]): Value {
    return this.#world.invoke(fn, args)
  }

  run(block: Value, topic: Value | undefined): Value {
    return this.#world.run(block, topic)
  }

  define(name: string, value: Value): void {
    this.#world.define(name, value)
  }

  get(name: string): Value | undefined {
    return this.#world.get(name)
  }

  call(path: string, args: readonly Value[]): Value {
    return this.#world.callPath(path, args, this.#parts.at)
  }

  get tell(): Teller['tell'] {
    return this.#says.tell
  }

  get script(): Teller['script'] {
    return this.#says.script
  }

  get evaluate(): Teller['evaluate'] {
    return this.#says.evaluate
  }

  get mark(): Teller['mark'] {
    return this.#says.mark
  }

  get commandLine(): Teller['commandLine'] {
    return this.#says.commandLine
  }

  get #says(): Teller {
    const values = [this.first, ...this.words, this.input]
    this.#teller ??= tellerOf(this.#world, this.#parts.at, values)
    return this.#teller
  }
}

/** What may be said of a place. */
function tellerOf(
  { language, budget, session, findings, placeOf, scope }: CallWorld,
  at: Span,
  values: readonly (Value | undefined)[],
  via = 0,
): Teller {
  const own = viaOf(values) | via
  const place = placeOf(at)
  const tell = (kind: ActionKind, target: string, told: Told = {}) => {
    findings.action(kind, target, place, own | (told.via ?? 0), told.host)
  }
  return {
    language,
    budget,
    session,
    tell,
    script: (value, inner) => {
      if (!value) return
      if (runsReceived(value)) findings.mark('shell', place)
      findings.script(value, inner, place)
    },
    evaluate: (value, inner) => {
      if (runsReceived(value)) findings.mark('shell', place)
      return findings.evaluated(value, inner, place, scope())
    },
    mark: (mark) => findings.mark(mark, place),
    commandLine: (value, told = {}) => {
      const line = shownOf(value)
      if (!line) return
      tell('start', line, told)
      if (runsReceived(value)) findings.mark('shell', place)
      if (value && !told.host) {
        findings.commandLine(asLine(value, line), value.via | own, place)
      }
    },
  }
}

/** Words that are a line again at most. */
const maxWords = 1_000

/** Words apart are a line again, with quotes where a word would fall apart. */
function asLine(value: Value, line: string): string {
  if (value.kind !== 'list' || value.items.length > maxWords) return line
  const quoted = value.items.map(shownOf).map((w, i) => {
    const fallsApart = i > 0 && /[\s|&;<>()]/.test(w) && !w.includes('"')
    return fallsApart ? `"${w}"` : w
  })
  return quoted.join(' ')
}
