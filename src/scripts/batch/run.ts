// Runs a batch file as far as its text tells: lines are read where cmd.exe reads them, expanded with what is known there, and shown to those
// who know their commands. Both ways of a choice are gone where it is open; what is set on one of them is held for doubtful from there on.
import type { Budget } from '../budget.ts'
import {
  bitOf,
  concat,
  number,
  numberOf,
  text as textValue,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { ofPipe } from '../fold/flow.ts'
import { pipeOf } from '../known/places.ts'
import { languageOfName } from '../language.ts'
import { environmentOf } from '../known/environment.ts'
import type { Session } from '../session.ts'
import type { Node, Span } from '../syntax/node.ts'
import { arithmetic } from './arithmetic.ts'
import {
  type Expanded,
  expandLate,
  expandLoops,
  expandPercents,
  maxLine,
  type Names,
} from './expand.ts'
import { compared, isUnknown } from './choices.ts'
import { nodeOf } from './command-node.ts'
import { hybridOf } from './hybrids.ts'
import { labelsOf, lineAt } from './lines.ts'
import { roundsOf } from './loops.ts'
import { type Output, outputOf } from './outputs.ts'
import {
  type IfHead,
  type Line,
  type Statement,
  StatementReader,
} from './statements.ts'
import { type BatchCommand, commandsOf } from './words.ts'

/** Shows the commands of one line; the nodes stand at its place. */
export type RunNodes = (nodes: readonly Node[]) => void

/** Jumps back to labels, and calls of them within each other. */
const maxJumps = 4_096
const maxCalls = 16
/** Text gathered for files that are written line by line. */
const maxFileUnits = 1024 * 1024
/** Runs of `call` in `call`. */
const maxCalled = 8

/** Where it goes on; `end`: nowhere. */
type Signal = { readonly to: string } | 'end' | undefined

type Of<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>

interface Written {
  text: string
  via: number
  readonly at: Span
}

export class BatchRun {
  readonly #budget: Budget
  readonly #session: Session
  readonly #run: RunNodes
  readonly #doubtful = new Set<string>()
  /** What a variable would hold, had the other way been gone. */
  readonly #others = new Map<string, Value>()
  #isOther = false
  /** The statement that is run has a doubtful variable in it. */
  #isDoubted = false
  readonly #loops = new Map<string, { text: string; via: number }>()
  readonly #files = new Map<string, Written>()
  readonly #seen = new Set<number>()
  /** How often something was set, and how often it was when a label was jumped to. */
  #changes = 0
  readonly #jumped = new Map<string, number>()
  #jumps = 0
  #calls = 0
  /** Choices that are open, around what is run. */
  #open = 0
  /** What a group with a redirection, or before a pipe, has written so far. */
  #sink: Written | undefined
  #args: readonly string[] | undefined
  #source = ''
  #isOver = false
  #labels: ReadonlyMap<string, number> = new Map()
  #at = 0

  constructor(budget: Budget, session: Session, run: RunNodes) {
    this.#budget = budget
    this.#session = session
    this.#run = run
  }

  text(text: string): void {
    this.#source = text
    this.#labels = labelsOf(text)
    this.#from(0, false)
    // Of a file that is read as another language, the rest is in that.
    if (this.#session.isOwnRead || hybridOf(text)) return
    for (let at = 0; at < text.length && !this.#isOver; ) {
      const line = lineAt(text, at)!
      if (!this.#seen.has(at)) this.#from(at, true)
      at = line.next
    }
  }

  /** Files that were put together, with where they began. */
  files(): { path: string; text: string; via: number; at: Span }[] {
    return Array.from(this.#files, ([path, f]) => ({ path, ...f }))
  }

  get #names(): Names {
    return {
      session: this.#session,
      doubtful: this.#doubtful,
      args: this.#args,
    }
  }

  /** Line after line, until it ends; `isRest`: or what is there was run before. */
  #from(start: number, isRest: boolean): void {
    this.#at = start
    while (!this.#budget.spent && !this.#isOver) {
      if (isRest && this.#seen.has(this.#at)) return
      const start = this.#at
      this.#isDoubted = false
      const statement = this.#statement()
      if (!statement) return
      const signal = this.#do(statement)
      if (this.#isDoubted && this.#others.size) this.#otherwise(start)
      if (signal === 'end') return
      if (signal && !this.#jump(signal.to)) return
    }
  }

  /** Once more, with what the other way would have set. */
  #otherwise(start: number): void {
    if (this.#isOther) return
    const next = this.#at
    const held = Array.from(this.#others, ([name, other]) => {
      const own = this.#session.variable(name)
      this.#session.setVariable(name, other)
      return [name, own] as const
    })
    this.#isOther = true
    this.#at = start
    const statement = this.#statement()
    if (statement) this.#do(statement)
    this.#isOther = false
    this.#at = next
    for (const [name, own] of held) this.#session.setVariable(name, own)
  }

  #statement(): Statement | undefined {
    const first = this.#line()
    return first && new StatementReader(first, () => this.#line()).read()
  }

  #line(): Line | undefined {
    const written = lineAt(this.#source, this.#at)
    if (!written || this.#isOver || !this.#budget.step()) return undefined
    const isAgain = this.#seen.has(this.#at)
    this.#seen.add(this.#at)
    this.#at = written.next
    const { span } = written
    if (/^[\s@]*(?:::|:\w)/.test(written.text))
      return { text: '', via: 0, isDoubtful: false, span }
    const made = expandPercents(written.text, this.#names)
    // What is written there was counted as bytes of the script.
    const isNew = isAgain || made.text.length > written.text.length
    if (isNew && !this.#budget.make(made.text.length)) return this.#over()
    this.#isDoubted ||= made.isDoubtful
    return { ...made, span }
  }

  /** More was made of its lines than is followed. */
  #over(): undefined {
    this.#isOver = true
    return undefined
  }

  /** false: it ends there. Back only while something changes on the way. */
  #jump(label: string): boolean {
    if (label === 'eof') return false
    const to = this.#labels.get(label)
    if (to === undefined) return true
    if (to < this.#at) {
      const isSame = this.#jumped.get(label) === this.#changes
      if (isSame || this.#jumps >= maxJumps) return true
      this.#jumps++
      this.#jumped.set(label, this.#changes)
    }
    this.#at = to
    return true
  }

  #do(statement: Statement): Signal {
    if (this.#isOver || !this.#budget.step()) return 'end'
    switch (statement.kind) {
      case 'all':
        return statement.tail
          ? this.#redirected(statement)
          : this.#all(statement.body)
      case 'pipe':
        return this.#pipe(statement)
      case 'for':
        return this.#for(statement)
      case 'if':
        return this.#if(statement)
      default:
        return this.#simple(statement.text, statement.line)
    }
  }

  #all(body: readonly Statement[]): Signal {
    for (const one of body) {
      const signal = this.#do(one)
      if (signal && !this.#open) return signal
    }
    return undefined
  }

  /** `( … ) > file`: what is printed in it goes there. */
  #redirected({ body, tail }: Of<'all'>): Signal {
    const [, sign = '', target = ''] =
      /\d?(>>?)[ \t]*("[^"\n]*"|[^\s&|()<>"]+)/.exec(tail) ?? []
    const path = target.replace(/^"|"$/g, '')
    if (!path || /^nul$/i.test(path)) return this.#all(body)
    const outer = this.#sink
    const first = body.find((s) => s.kind === 'simple') as
      | Of<'simple'>
      | undefined
    const at = first?.line.span ?? { start: 0, end: 0 }
    this.#sink = { text: '', via: 0, at }
    const signal = this.#all(body)
    const { text, via } = this.#sink
    this.#sink = outer
    this.#write(path, { text, via }, sign === '>>', at)
    this.#run([
      nodeOf(
        {
          words: ['echo'],
          rest: '',
          redirects: [{ sign, target: path }],
          piped: false,
          carets: false,
        },
        via,
        at,
        undefined,
      ),
    ])
    return signal
  }

  #pipe({ parts }: Of<'pipe'>): Signal {
    let from: Node | undefined
    for (const [i, part] of parts.entries()) {
      if (part.kind === 'simple') {
        from = this.#piped(part, from)
        continue
      }
      const outer = this.#sink
      if (i < parts.length - 1)
        this.#sink = { text: '', via: 0, at: { start: 0, end: 0 } }
      this.#do(part)
      const { text = '', via = 0 } = this.#sink ?? {}
      this.#sink = outer
      from = text
        ? { kind: 'text', value: text, via, start: 0, end: 0 }
        : undefined
    }
    return undefined
  }

  /** One command of a pipe, with what the one before it prints. */
  #piped(
    { text, line }: Of<'simple'>,
    from: Node | undefined,
  ): Node | undefined {
    const made = this.#ready(text, line, true)
    let last = from
    for (const command of commandsOf(made.text)) {
      const at = line.span
      last = nodeOf(command, made.via, at, last)
      this.#run([last])
      this.#prints(command, made.text, made, at)
    }
    const printed = from
      ? undefined
      : outputOf(made.text, this.#session, this.#budget)
    return printed
      ? {
          kind: 'text',
          value: printed.text,
          via: printed.via | made.via,
          ...line.span,
        }
      : last
  }

  #for({ head, body, line }: Of<'for'>): Signal {
    const set = this.#ready(head.set, line)
    const { rounds, isOpen, isCut, command } = roundsOf(
      head,
      set.text,
      this.#session,
      this.#budget,
    )
    if (isCut)
      this.#budget.limits.add(`a loop of over ${rounds.length} rounds is left`)
    if (command && isOpen) this.#simple(command, line)
    if (isOpen || set.isDoubtful) this.#open++
    let signal: Signal
    for (const { values, via } of rounds) {
      if (this.#budget.spent || this.#isOver || signal) break
      const names = values.map((_, i) => letterBehind(head.letter, i))
      const outer = names.map((n) => this.#loops.get(n))
      names.forEach((n, i) => {
        this.#loops.set(n, { text: values[i]!, via: via | set.via })
      })
      signal = this.#do(body)
      names.forEach((n, i) => {
        if (outer[i]) this.#loops.set(n, outer[i])
        else this.#loops.delete(n)
      })
    }
    if (isOpen || set.isDoubtful) this.#open--
    return this.#open ? undefined : signal
  }

  #if({ head, yes, no, line }: Of<'if'>): Signal {
    const holds = this.#holds(head, line)
    if (holds !== undefined) {
      const taken = holds ? yes : no
      return taken && this.#do(taken)
    }
    this.#open++
    this.#do(yes)
    if (no) this.#do(no)
    this.#open--
    return undefined
  }

  /** undefined: only a run would tell. */
  #holds(
    { op, left, right, isNot, ignoresCase }: IfHead,
    line: Line,
  ): boolean | undefined {
    const a = this.#ready(left, line)
    const b = this.#ready(right, line)
    if (a.isDoubtful || b.isDoubtful || isUnknown(a.text) || isUnknown(b.text))
      return undefined
    const made =
      op === 'defined'
        ? this.#isDefined(a.text)
        : compared(op, a.text, b.text, ignoresCase)
    return made === undefined ? undefined : made !== isNot
  }

  #isDefined(name: string): boolean | undefined {
    if (this.#doubtful.has(name.toLowerCase())) return undefined
    const own = this.#session.variable(name)
    const text = textOf(own)
    if (text !== undefined) return text !== ''
    return own || environmentOf(name) === undefined ? undefined : true
  }

  /** Variables of loops, then those between exclamation marks. */
  #ready(text: string, line: Line, isCommand = false): Expanded {
    if (!this.#budget.make(text.length)) this.#over()
    const inner = expandLoops(text, this.#loops, isCommand)
    const late = expandLate(inner.text, this.#names, isCommand)
    const isLonger = late.text.length > text.length
    if (isLonger && !this.#budget.make(late.text.length)) this.#over()
    if (isLonger && late.text.length >= maxLine)
      this.#budget.limits.add(`a line over ${maxLine} units is cut`)
    this.#isDoubted ||= late.isDoubtful
    return {
      text: late.text,
      via: line.via | inner.via | late.via,
      isDoubtful: line.isDoubtful || late.isDoubtful,
    }
  }

  #simple(text: string, line: Line): Signal {
    return this.#command(this.#ready(text, line, true), line.span, 0)
  }

  #command(made: Expanded, span: Span, called: number): Signal {
    const text = made.text.replace(/^[\s@]+/, '')
    const first =
      /^[^\s,;=(/"]{1,256}/.exec(text)?.[0].toLowerCase().replaceAll('^', '') ??
      ''
    const rest = text.slice(/^[^\s,;=(/"]{1,256}/.exec(text)?.[0].length ?? 0)
    if (first === 'goto' || first.startsWith('goto:'))
      return { to: labelIn(text.slice(4)) }
    if (first === 'exit') return 'end'
    if (first === 'shift' && this.#args) this.#args = this.#args.slice(1)
    if (first === 'call' && called < maxCalled) {
      if (/^\s*:/.test(rest)) return this.#call(rest.trim())
      // Its line is expanded once more: doubled signs are single by then.
      const again = expandPercents(rest.trimStart(), this.#names)
      return this.#command(
        { ...again, via: again.via | made.via },
        span,
        called + 1,
      )
    }
    // A loop or a choice whose word was itself put together.
    if (/^(?:for|if)\s/i.test(text) && called < maxCalled) {
      const line = { ...made, text, span }
      const inner = new StatementReader(line, () => undefined).read()
      const isSame =
        inner.kind === 'all' && inner.body.every((s) => s.kind === 'simple')
      if (!isSame) return this.#do(inner)
    }
    for (const command of commandsOf(text)) this.#one(command, text, made, span)
    return undefined
  }

  #one(command: BatchCommand, text: string, made: Expanded, span: Span): void {
    const first = command.words[0]?.toLowerCase() ?? ''
    if (first === 'set' && this.#set(command, made)) return
    this.#prints(command, text, made, span)
    this.#run([nodeOf(command, made.via, span, undefined)])
  }

  /** What it prints goes to a file, or to whoever gathers it. */
  #prints(
    command: BatchCommand,
    text: string,
    made: Expanded,
    span: Span,
  ): void {
    const out = command.redirects.find((r) => r.sign.includes('>'))
    const printed =
      out || this.#sink
        ? outputOf(
            text.replace(behindRedirects, ''),
            this.#session,
            this.#budget,
          )
        : undefined
    if (printed && out && !/^nul$/i.test(out.target))
      this.#write(
        out.target,
        { ...printed, via: printed.via | made.via },
        out.sign.includes('>>'),
        span,
      )
    else if (printed && !out && this.#sink) {
      if (
        this.#sink.text.length < maxFileUnits &&
        this.#budget.make(printed.text.length)
      )
        this.#sink.text += printed.text
      this.#sink.via |= printed.via | made.via
    }
  }

  /** `call :label words`: as a file of its own would be run. */
  #call(line: string): Signal {
    const [label = '', ...args] = line.match(/"[^"]*"|[^\s,;=]+/g) ?? []
    const to = this.#labels.get(labelIn(label))
    if (to === undefined || this.#calls >= maxCalls) return undefined
    const outer = { at: this.#at, args: this.#args }
    this.#args = args
    this.#calls++
    this.#from(to, false)
    this.#calls--
    this.#args = outer.args
    this.#at = outer.at
    return undefined
  }

  /** false: it only prints. */
  #set(
    { rest, carets, redirects }: BatchCommand,
    { via, isDoubtful }: Expanded,
  ): boolean {
    const [, option = ''] = /^\s*\/([ap])\b/i.exec(rest) ?? []
    const bare = rest.trim().replace(/^\/[ap]\s*/i, '')
    if (option.toLowerCase() === 'a') {
      this.#calculate(bare.replaceAll('"', ''))
      return true
    }
    const inside =
      /^"([\s\S]*)"?$/.exec(bare)?.[1]?.replace(/"[^"]*$/, '') ?? bare
    const equals = inside.indexOf('=')
    if (equals < 1) return false
    const name = inside.slice(0, equals).trimStart().toLowerCase()
    const value = textValue(
      withoutItself(inside.slice(equals + 1), name),
      via | (carets ? bitOf('split words') : 0),
    )
    const pipe = redirects.find((r) => r.sign === '<' && pipeOf(r.target))
    const asked = unknown(name, pipe ? ofPipe : 0)
    this.#assign(name, option ? asked : value, isDoubtful)
    return !pipe
  }

  #assign(name: string, value: Value, isDoubtful = false): void {
    const own = this.#session.variable(name)
    const isChange = textOf(own) !== textOf(value)
    if (isChange) this.#changes++
    const isOpen = this.#open > 0 || isDoubtful
    if (this.#isOther || (isOpen && isChange && own))
      this.#others.set(name, this.#isOther ? value : own!)
    else if (!isOpen) this.#others.delete(name)
    if (isOpen || this.#isOther) this.#doubtful.add(name)
    else this.#doubtful.delete(name)
    if (!this.#isOther) this.#session.setVariable(name, value)
  }

  #calculate(text: string): void {
    const of = (name: string) => {
      const value = this.#session.variable(name)
      if (!value) return environmentOf(name) === undefined ? 0 : undefined
      return textOf(value) === '' ? 0 : numberOf(value)
    }
    const isSet = new Set<string>()
    arithmetic(text, of, (name, made) => {
      isSet.add(name.toLowerCase())
      const value = made === undefined ? unknown(name) : number(made)
      this.#assign(name.toLowerCase(), value)
    })
    // What is set where the expression cannot be read is not what it was.
    for (const [, name = ''] of text.matchAll(setInArithmetic)) {
      const key = name.toLowerCase()
      if (!isSet.has(key)) this.#assign(key, unknown(name))
    }
  }

  #write(
    path: string,
    { text, via, isOwn }: Output,
    adds: boolean,
    at: Span,
  ): void {
    const known = adds ? this.#files.get(path) : undefined
    const whole = (known?.text ?? '') + text
    if (whole.length > maxFileUnits || !this.#budget.make(text.length)) return
    const file = {
      text: whole,
      via: via | (known?.via ?? 0),
      at: known?.at ?? at,
    }
    this.#files.set(path, file)
    if (isOwn && languageOfName(path)) this.#session.file('%0')
    const before = adds ? this.#session.peek(path) : undefined
    const content = textValue(text, via)
    this.#session.write(
      path,
      before ? concat([before, content], this.#budget) : content,
    )
  }
}

const setInArithmetic = /([A-Za-z_#$][\w#$.]{0,127})\s*[-+*/%&|^<>]{0,3}=/g

const behindRedirects = /\s{0,16}\d?>>?\s{0,16}(?:"[^"\n]*"|[^\s&|()<>"]+)/g

function labelIn(words: string): string {
  return (
    /^[\s:]*([^\s:;,=+&|<>()]{1,128})/.exec(words)?.[1]?.toLowerCase() ?? ''
  )
}

/** The letter of a loop, or one behind it. */
function letterBehind(letter: string, behind: number): string {
  return String.fromCharCode(letter.charCodeAt(0) + behind)
}

/** What was never set is empty where it is joined to itself. */
function withoutItself(text: string, name: string): string {
  const marks = [`!${name}!`, `%${name}%`]
  const low = text.toLowerCase()
  const mark = marks.find((m) => low.startsWith(m))
  return mark ? text.slice(mark.length) : text
}
