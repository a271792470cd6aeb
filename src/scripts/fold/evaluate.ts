// Folds a tree: what names stand for, what expressions come to, which calls are made. Nothing is executed: only text and numbers are worked
// out, both ways of a choice are walked where it is open, and every loop ends with the budget.
import { type Budget, maxDepth } from '../budget.ts'
import type { Session } from '../session.ts'
import type { Node, NodeOf, Span } from '../syntax/node.ts'
import {
  CallFacts,
  type CallWorld,
  type Findings,
  CommandFacts,
} from './call-facts.ts'
import { memberCall, noNames } from './calls.ts'
import { anyOf, classOf } from './classes.ts'
import { carriedFile } from './carried-file.ts'
import { boundTo } from './given.ts'
import { Control, type Leaving, type Turns } from './control.ts'
import { flowOf, meet } from './flow.ts'
import type { Calling, Folding, Meaning } from './folding.ts'
import { fold } from './nodes.ts'
import { argumentsOf, withDefaults, wordsOf } from './words.ts'
import { isTrue } from './operate.ts'
import { Said } from './said.ts'
import { forgetChanged } from './forgotten.ts'
import { Scope } from './scope.ts'
import {
  type FunctionValue,
  isSame,
  list,
  object,
  type ObjectValue,
  resultOf,
  shownOf,
  text,
  unknown,
  type Value,
  viaOf,
} from './value.ts'

/** Calls of functions within each other. */
const maxCalls = 24
/** PowerShell: of the script, not of the function that names it. */
const outerName = /^\$(?:script|global):(.+)$/
/** PowerShell's `${path}` is what is in the file. */
const isPath = /^\$[^$]*[%\\:.]/

/** Fields of one object. */
const maxFields = 1_000
/** A statement longer than this does not show where in it something is, in UTF-16 units. */
const maxStatement = 2_000

export interface Surroundings {
  readonly session: Session
  /** Of the same page, in whatever language: each knows the names of the others. */
  readonly neighbours?: readonly Evaluator[] | undefined
  /** Text that is run as code has the names of where it is run. */
  readonly scope?: Scope | undefined
}

export class Evaluator implements Folding {
  readonly meaning: Meaning
  readonly budget: Budget
  readonly session: Session
  readonly stars: string[] = []
  readonly #world: CallWorld
  readonly #neighbours: readonly Evaluator[]
  #scope: Scope
  #depth = 0
  #calls = 0
  #with: Value | undefined
  /** What names stood for before a way was gone that may not have been. */
  #before: Map<string, Value | undefined> | undefined
  #changedArguments: readonly (Value | undefined)[] = []
  /** Functions that strangers were handed, and of whom what they are given is. */
  readonly #later: (readonly [FunctionValue, number])[] = []
  readonly #invoked = new Set<readonly Node[]>()
  readonly #fields = new Map<readonly Node[], Map<string, Value>>()
  readonly #prototypes = new Map<readonly Node[], ObjectValue>()
  #statement: Span = { start: 0, end: 0 }
  readonly #control = new Control()

  constructor(
    meaning: Meaning,
    budget: Budget,
    findings: Findings,
    { session, neighbours = [], scope = new Scope() }: Surroundings,
  ) {
    this.#scope = scope
    this.#neighbours = neighbours
    this.meaning = meaning
    this.budget = budget
    this.session = session
    this.#world = {
      language: meaning.language,
      budget,
      session,
      findings,
      scope: () => this.#scope,
      placeOf: (at) => spanOf(this.#statement, at),
      invoke: (fn, args) => this.invoke(fn, args),
      send: (receiver, name, args, at) =>
        memberCall(this, { at, receiver, name, args, named: noNames }),
      run: (block, topic) => this.#runHere(block, topic),
      define: (name, value) => this.set(name, value),
      get: (name) => this.get(name),
      callPath: (path, args, at) => {
        const none = { receiver: undefined, named: noNames }
        return this.callAny({ paths: [path], at, args, ...none, method: path })
      },
    }
  }

  /** What the last of it comes to. */
  run(body: readonly Node[]): Value {
    this.#hoist(body)
    const { last, given } = this.#control.call(() => this.block(body))
    this.#enter(body)
    this.#walkUncalled(body, 0)
    this.#control.handleUnthrown()
    return given ?? last
  }

  /** Before the others, so that what they reach is told as theirs. */
  #enter(body: readonly Node[]): void {
    const { startsByItself } = this.meaning
    if (!startsByItself) return
    const { findings } = this.#world
    for (const node of body) {
      if (node.kind === 'block') this.#enter(node.body)
      if (node.kind !== 'define' || !startsByItself.test(node.name)) continue
      findings.entry(node.name)
      this.invoke(this.#functionOf(node), [])
      findings.entry(undefined)
    }
  }

  /** Functions may be called before they stand. */
  #hoist(body: readonly Node[]): void {
    for (const node of body) {
      if (node.kind !== 'block' && node.kind !== 'try') this.#hoistOne(node)
      else for (const inner of node.body) this.#hoistOne(inner)
    }
  }

  #hoistOne(node: Node): void {
    if (node.kind === 'define') this.define(node)
    else if (node.kind === 'class')
      this.#scope.setHere(this.key(node.name), classOf(this, node))
  }

  define(node: NodeOf<'define'>): void {
    const known = this.#scope.getHere(this.key(node.name))
    const isThere = known?.kind === 'function' && known.body === node.body
    if (!isThere)
      this.#scope.setHere(this.key(node.name), this.#functionOf(node))
  }

  fieldsOf(fn: FunctionValue): Map<string, Value> {
    const known = this.#fields.get(fn.body)
    if (known) return known
    const made = new Map<string, Value>()
    this.#fields.set(fn.body, made)
    return made
  }

  prototypeOf(fn: FunctionValue): ObjectValue {
    const known = this.#prototypes.get(fn.body)
    if (known) return known
    const made = object('[prototype]')
    this.#prototypes.set(fn.body, made)
    return made
  }

  #functionOf(node: NodeOf<'define'>): FunctionValue {
    const { name, params, body, byValue } = node
    const made = { ...this.functionOf(params, body), name: this.key(name) }
    return byValue ? { ...made, byValue } : made
  }

  /** Whoever calls it, it is worked out where it was written. */
  functionOf(params: readonly string[], body: readonly Node[]): FunctionValue {
    const made = { kind: 'function', params, body, via: 0 } as const
    if (!this.meaning.closures) return { ...made, home: this }
    const scope = this.#scope
    return {
      ...made,
      home: { invoke: (fn, args, of) => this.#invokeIn(scope, fn, args, of) },
    }
  }

  /** Handlers of events, entry points of macros: nobody in the script calls them. */
  #walkUncalled(
    body: readonly Node[],
    depth: number,
    owner?: ObjectValue,
  ): void {
    for (const node of body) {
      if (this.budget.spent || depth > maxDepth) return
      if (node.kind === 'block' || node.kind === 'try')
        this.#walkUncalled(node.body, depth + 1, owner)
      if (node.kind === 'class')
        this.#walkUncalled(node.body, depth + 1, anyOf(this.get(node.name)))
      if (node.kind === 'try') this.#walkUncalled(node.handler, depth + 1)
      if (node.kind !== 'define' || this.#invoked.has(node.body)) continue
      this.#hoist(node.body)
      this.invoke(this.#functionOf(node), [], owner)
      this.#walkUncalled(node.body, depth + 1)
    }
  }

  key(name: string): string {
    const { signs, caseless } = this.meaning
    const bare = signs ? name.replace(signs, '') : name
    return caseless ? bare.toLowerCase() : bare
  }

  get(name: string): Value | undefined {
    const key = this.key(name)
    const fields = this.#fieldsFor(key)
    if (fields) return fields.get(key)
    const variable = this.#variableOf(key)
    const held = variable
      ? this.session.variable(variable)
      : isPath.test(key) && this.session.file(key.slice(1))
    if (held) return held
    const [, outer] = (this.meaning.setsHere && outerName.exec(key)) || []
    const own = outer
      ? this.#scope.outermost.get(`$${outer}`)
      : this.#scope.get(key)
    return own ?? this.meaning.names(key) ?? this.#nearby(name)
  }

  #nearby(name: string): Value | undefined {
    for (const home of this.#neighbours) {
      if (home === this) continue
      const value = this.meaning.caseless
        ? home.#scope.getCaseless(name, (n) => this.budget.make(n))
        : home.#scope.get(home.key(name))
      if (value) return value
    }
    return undefined
  }

  set(name: string, value: Value): void {
    const key = this.key(name)
    const fields = this.#fieldsFor(key)
    const variable = this.#variableOf(key)
    this.#notice(key, value)
    if (this.#before && !this.#before.has(key))
      this.#before.set(key, this.#scope.get(key))
    if (variable) this.session.setVariable(variable, value)
    else if (!fields) this.#setIn(key, value)
    else if (fields.size < maxFields) fields.set(key, value)
  }

  #setIn(key: string, value: Value): void {
    const { setsHere } = this.meaning
    const [, name] = (setsHere && outerName.exec(key)) || []
    if (name) this.#scope.outermost.setHere(`$${name}`, value)
    else if (setsHere) this.#scope.setHere(key, value)
    else this.#scope.set(key, value)
  }

  /** What is done there is seen; what is set there is not held for a fact. */
  #undone<T>(body: () => T): T {
    const outer = this.#before
    const before = new Map<string, Value | undefined>()
    this.#before = before
    const made = body()
    this.#before = outer
    for (const [key, value] of before) {
      if (outer && !outer.has(key)) outer.set(key, value)
      if (value) this.#scope.set(key, value)
    }
    return made
  }

  declare(name: string, value: Value): void {
    const key = this.key(name)
    this.#notice(key, value)
    this.#scope.setHere(key, value)
  }

  changed(): void {
    this.#control.changed(this.budget, true)
  }

  #notice(key: string, value: Value): void {
    const known = this.#scope.get(key)
    if (!known || !isSame(known, value))
      this.#control.changed(this.budget, value.kind !== 'number')
  }

  /** Of the object whose function runs, where the name is one of its fields: Ruby's `@x`. */
  #fieldsFor(key: string): Map<string, Value> | undefined {
    const { ownSign, ownName, resultByName } = this.meaning
    if (!ownName || !(ownSign ? key.startsWith(ownSign) : resultByName))
      return undefined
    const of = this.#scope.get(ownName)
    if (of?.kind !== 'object') return undefined
    // VB: a field has no sign; it is there since it was declared.
    const isThere = of.entries.get(key)
    return ownSign || (isThere && isThere.kind !== 'function')
      ? of.entries
      : undefined
  }

  /** PowerShell's `$env:x`. */
  #variableOf(key: string): string | undefined {
    const { environmentSign } = this.meaning
    return environmentSign && key.startsWith(environmentSign)
      ? key.slice(environmentSign.length)
      : undefined
  }

  isOwnName(key: string): boolean {
    return this.#scope.get(`=${key}`) !== undefined
  }

  get withObject(): Value {
    return this.#with ?? unknown()
  }

  within<T>(object: Value, body: () => T): T {
    const outer = this.#with
    this.#with = object
    const made = body()
    this.#with = outer
    return made
  }

  block(body: readonly Node[]): Value {
    let last: Value = unknown()
    const said = this.meaning.speaks && body.length > 1 ? new Said() : undefined
    for (const node of body) {
      if (this.#control.isLeft || this.budget.spent) break
      const outer = this.#statement
      if (!isBlock(node)) this.#statement = node
      last = this.value(node)
      said?.add(node, last)
      this.#callHanded()
      this.#statement = outer
    }
    return said ? said.all(last, this.budget) : last
  }

  /** PowerShell: whatever a statement comes to is given, not the last of them alone. */
  #outputs(body: readonly Node[]): Value {
    const isMany =
      this.meaning.loopsGive &&
      body.slice(0, -1).some((n) => values.has(n.kind))
    if (!isMany) return this.block(body)
    const out: Value[] = []
    for (const [i, node] of body.entries()) {
      if (this.#control.isLeft) break
      const made = this.block([node])
      const isLast = i === body.length - 1 && isGiving(node)
      if (!isLast && !values.has(node.kind)) continue
      for (const one of made.kind === 'list' ? made.items : [made])
        out.push(one)
    }
    return out.length === 1 ? out[0]! : list(out, viaOf(out))
  }

  /** Behind the statement: there is what it made, which they may know. */
  #callHanded(): void {
    for (const [fn, flow] of this.#later.splice(0)) {
      if (this.#invoked.has(fn.body)) continue
      this.invoke(fn, flow ? handed(fn.params, flow) : [])
    }
  }

  /** What follows may happen whichever way was taken, so a return on one of them ends neither. */
  both(yes: readonly Node[], no: readonly Node[]): Value {
    this.aside(() => this.block(no))
    return this.aside(() => this.block(yes))
  }

  aside<T>(body: () => T): T {
    return this.#control.aside(body)
  }

  breakable(body: readonly Node[]): Value {
    return this.#control.breakable(() => this.block(body))
  }

  attempt(node: NodeOf<'try'>): Value {
    const { name, handler } = node
    const scope = this.#scope
    const made = this.#control.attempt(
      node,
      () => this.block(node.body),
      (thrown) => {
        const outer = this.#scope
        this.#scope = scope
        if (name) this.set(name, thrown ?? unknown(name))
        const handled = () => this.block(handler)
        const given = thrown ? handled() : this.#undone(handled)
        this.#scope = outer
        return given
      },
    )
    this.block(node.last)
    return made
  }

  value(node: Node): Value {
    if (this.#depth >= maxDepth * 2) {
      this.budget.tooDeep()
      return unknown()
    }
    if (!this.budget.step()) return unknown()
    this.#depth++
    const value = fold(this, node)
    this.#depth--
    return value
  }

  leave(how: Leaving, value: Value, label?: string): void {
    this.#control.leave(how, value, label)
  }

  holds(value: Value): boolean | undefined {
    const { dialect, listsAreTrue } = this.meaning
    if (dialect) return dialect.isTrue(value)
    const isList = value.kind === 'list' && listsAreTrue
    return isList ? true : isTrue(value)
  }

  get isOutermost(): boolean {
    return this.#calls === 0
  }

  /** Runs a body again and again, while `next` says so. */
  loop(
    body: readonly Node[],
    next: (turn: number) => boolean,
    kind: Pick<Turns, 'waits' | 'endless' | 'label'> = {},
  ): Value {
    const given: Value[] = []
    const { loopsGive } = this.meaning
    const gives = loopsGive && isGiving(body.at(-1))
    const turn = () => {
      const made = this.block(body)
      if (!gives) return
      for (const one of made.kind === 'list' ? made.items : [made])
        given.push(one)
    }
    this.#control.turns({ budget: this.budget, next, turn, ...kind })
    return gives ? list(given, viaOf(given)) : unknown()
  }

  invoke(
    fn: Value | undefined,
    given: readonly Value[],
    of?: ObjectValue,
  ): Value {
    if (this.#calls >= maxCalls) return unknown()
    if (fn?.kind !== 'function')
      return this.#invokeNamed(fn, this.#withOwn(fn, given, of))
    if (fn.home && fn.home !== this) return fn.home.invoke(fn, given, of)
    return this.#invokeIn(this.#scope, fn, given, of)
  }

  #invokeIn(
    around: Scope,
    fn: Value,
    given: readonly Value[],
    of?: ObjectValue,
  ): Value {
    if (fn.kind !== 'function' || this.#calls >= maxCalls) return unknown()
    const args = this.#withOwn(fn, given, of)
    this.#invoked.add(fn.body)
    const outer = this.#scope
    this.#scope = new Scope(around)
    this.#calls++
    this.#giveArguments(fn.params, args)
    const { ownName } = this.meaning
    if (of && ownName) this.#scope.setHere(ownName, of)
    this.#hoist(fn.body)
    // A function of VB gives what was assigned to its name.
    if (fn.name && this.meaning.resultByName) {
      this.#scope.setHere(`=${fn.name}`, text(''))
    }
    const made = this.#control.call(() => this.#outputs(fn.body))
    const own = fn.name ? this.#scope.get(`=${fn.name}`) : undefined
    if (this.meaning.resultByName) this.#changedArguments = this.#ofParams(fn)
    this.#scope = outer
    this.#calls--
    if (made.given && !this.meaning.resultByName) return made.given
    const isSet = own && !(own.kind === 'text' && own.text === '')
    return isSet ? own : made.last
  }

  /** What stands in the places that are given by their names. */
  #ofParams(fn: FunctionValue): readonly (Value | undefined)[] {
    return fn.params.map((p) =>
      fn.byValue?.includes(p) ? undefined : this.#scope.getHere(this.key(p)),
    )
  }

  takeChangedArguments(): readonly (Value | undefined)[] {
    const taken = this.#changedArguments
    this.#changedArguments = []
    return taken
  }

  /** Python's functions of an object take it as what they are given first. */
  #withOwn(
    fn: Value | undefined,
    args: readonly Value[],
    of: ObjectValue | undefined,
  ): readonly Value[] {
    if (!of || this.meaning.ownName || fn?.kind !== 'function') return args
    const takesOwn = /^(?:self|cls)$/.test(fn.params[0] ?? '')
    return takesOwn ? [of, ...args] : args
  }

  /** A block that has no names of its own. */
  #runHere(fn: Value, topic: Value | undefined): Value {
    const isBlock = fn.kind === 'function' && !fn.params.length
    if (!isBlock || (fn.home && fn.home !== this) || this.#calls >= maxCalls)
      return this.invoke(fn, topic ? [topic] : [])
    this.#invoked.add(fn.body)
    const outer = this.#scope.get('$_')
    if (topic) this.#scope.setHere('$_', topic)
    this.#calls++
    const { last, given } = this.#control.call(() => this.#outputs(fn.body))
    this.#calls--
    if (outer) this.#scope.setHere('$_', outer)
    return given ?? last
  }

  /** A function of the language, handed over by its name. */
  #invokeNamed(fn: Value | undefined, args: readonly Value[]): Value {
    const name = functionName(fn)
    const own = fn?.kind === 'text' ? this.get(name) : undefined
    if (own?.kind === 'function') return this.invoke(own, args)
    const path = name.toLowerCase()
    if (!path || !this.meaning.calls(path)) return unknown()
    const at = this.#statement
    const none = { receiver: undefined, named: noNames }
    this.#calls++
    const made = this.callAny({
      paths: [path],
      at,
      args,
      ...none,
      method: name,
    })
    this.#calls--
    return made
  }

  #giveArguments(params: readonly string[], args: readonly Value[]): void {
    for (const [name, value] of boundTo(params, this.#filledUp(params, args)))
      this.#scope.setHere(this.key(name), value)
    if (!args.length) return
    // Perl's @_, PowerShell's $args, a shell's $1.
    this.#scope.setHere('$_', args[0]!)
    this.#scope.setHere('$args', list([...args]))
    this.#scope.setHere('#', text(String(args.length)))
    for (const name of ['_', '@', '*', 'arguments'])
      this.#scope.setHere(name, list([...args]))
    args.slice(0, 16).forEach((a, i) => {
      this.#scope.setHere(String(i + 1), a)
    })
  }

  /** JavaScript: what is not given is nothing. Who is given nothing at all may be called by whoever. */
  #filledUp(
    params: readonly string[],
    args: readonly Value[],
  ): readonly Value[] {
    const missing = params.length - args.length
    if (!this.meaning.closures || !args.length || missing <= 0) return args
    return [
      ...args,
      ...Array.from({ length: missing }, () => unknown('undefined')),
    ]
  }

  call(
    path: string,
    at: Span,
    receiver: Value | undefined,
    args: readonly Value[],
  ): Value | undefined {
    if (!this.meaning.calls(path)) return undefined
    const calling = {
      paths: [],
      at,
      receiver,
      args,
      named: noNames,
      method: path,
    }
    return this.#callPath(path, new CallFacts(this.#world, calling))
  }

  #callPath(path: string, facts: CallFacts): Value | undefined {
    const known = this.meaning.calls(path)
    if (!known) return undefined
    facts.path = path
    if (isChanged(facts)) this.changed()
    return known(facts) ?? resultOf(path, facts.flow)
  }

  callAny(calling: Calling): Value {
    const { paths, receiver, args } = calling
    const facts = new CallFacts(this.#world, calling)
    this.meaning.everyCall?.(facts)
    if (facts.flow && meet([receiver, ...args, ...calling.named.values()]))
      facts.mark('shell')
    let made: Value | undefined
    for (const path of paths) {
      made = this.#callPath(path, facts)
      if (made) break
    }
    if (this.meaning.dialect && !made) forgetChanged(paths, receiver, args)
    // What is handed to a stranger may be called by it.
    for (const arg of args) {
      if (arg.kind === 'function')
        this.#later.push([arg, facts.flow | flowOf(made?.via ?? 0)])
    }
    const file = made && carriedFile(made)
    if (file) this.#world.findings.file(file)
    return made ?? resultOf(paths[0] ?? '', viaOf([receiver, ...args]))
  }

  command(node: NodeOf<'command'>): Value {
    const input = node.from ? this.value(node.from) : this.#with
    const [first, ...words] = wordsOf(this, node.words)
    const program = this.#aliased(shownOf(first))
    const fn = first?.kind === 'function' ? first : this.get(program)
    if (fn?.kind === 'function') {
      const { namesParameters } = this.meaning
      const args = namesParameters ? argumentsOf(fn.params, words) : words
      if (namesParameters && node.from && input)
        this.#scope.setHere('$input', listed(input))
      return this.invoke(fn, input ? [...args, input] : args)
    }
    const name = nameOf(program)
    const known = this.meaning.commands(name)
    if (!known) return unknown(name)
    const piped = node.from !== undefined
    const own = { words: withDefaults(this, name, words), input, piped }
    const parts = { name, program, first, ...own, at: node }
    const made = known(new CommandFacts(this.#world, parts))
    return made ?? unknown(name, flowOf(viaOf([first, ...words, input])))
  }

  #aliased(program: string): string {
    const alias = this.#scope.get(`alias:${program.toLowerCase()}`)
    return alias?.kind === 'text' ? alias.text : program
  }
}

/** What adds to lists, or takes from them. */
const changes =
  /(?:^|\.)(?:array_)?(?:push|pop|shift|unshift|splice|append|insert|extend|add|remove|sort|reverse)$/

function isChanged({ path, receiver, args }: CallFacts): boolean {
  const isList = [receiver, args[0]].some((v) => v?.kind === 'list')
  return isList && changes.test(path)
}

/** What a stranger gives to the function that it was handed is of whom it knows. */
function handed(params: readonly string[], flow: number): Value[] {
  return params.slice(0, 8).map((p) => unknown(p, flow))
}

/** What comes through a pipe, one by one. */
function listed(of: Value): Value {
  return of.kind === 'list' || of.kind === 'bytes' ? of : list([of], of.via)
}

function functionName(fn: Value | undefined): string {
  switch (fn?.kind) {
    case 'unknown':
      return fn.isResult ? '' : fn.hint
    case 'object':
      return fn.type
    case 'text':
      return fn.text
    default:
      return ''
  }
}

/** What is set, or declared, gives nothing. */
function isGiving(last: Node | undefined): boolean {
  return last !== undefined && last.kind !== 'assign' && last.kind !== 'define'
}

/** What gives something, wherever it stands; a call or a command may give nothing. */
const values: ReadonlySet<Node['kind']> = new Set([
  'binary',
  'index',
  'list',
  'number',
  'template',
  'text',
])

/** Of a program: without folders and the ending of programs. */
function nameOf(program: string): string {
  const cut = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'))
  const base = program.slice(cut + 1).toLowerCase()
  return /\.(?:exe|com)$/.test(base) ? base.slice(0, -4) : base
}

const blocks: ReadonlySet<Node['kind']> = new Set([
  'block',
  'if',
  'each',
  'count',
  'while',
  'define',
  'class',
  'with',
  'lambda',
  'try',
  'switch',
])

function isBlock(node: Node): boolean {
  return blocks.has(node.kind)
}

/** The statement, if it is not much more than the place. */
function spanOf(statement: Span, at: Span): Span {
  const within = statement.start <= at.start && at.end <= statement.end
  return within && statement.end - statement.start <= maxStatement
    ? statement
    : at
}
