// Folds a tree: what names stand for, what expressions come to, which calls are made. Nothing is executed: only text and numbers are worked
// out, both ways of a choice are walked where it is open, and every loop ends with the budget.
import { type Budget, maxDepth } from '../budget.ts'
import type { Node, NodeOf, Span } from '../syntax/node.ts'
import {
  CallFacts,
  type CallWorld,
  type Findings,
  CommandFacts,
} from './call-facts.ts'
import { noNames } from './calls.ts'
import { carriedFile } from './carried-file.ts'
import type { Calling, Folding, Meaning } from './folding.ts'
import { fold } from './nodes.ts'
import { Scope } from './scope.ts'
import { list, shownOf, text, unknown, type Value, viaOf } from './value.ts'

/** Turns of one loop. */
const maxTurns = 50_000
/** Calls of functions within each other. */
const maxCalls = 24
/** A statement longer than this does not show where in it something is, in UTF-16 units. */
const maxStatement = 2_000

export class Evaluator implements Folding {
  readonly meaning: Meaning
  readonly budget: Budget
  readonly stars: string[] = []
  readonly #world: CallWorld
  /** Of the same page, in whatever language: each knows the names of the others. */
  readonly #neighbours: readonly Evaluator[]
  #scope = new Scope()
  #depth = 0
  #calls = 0
  #with: Value | undefined
  readonly #invoked = new Set<readonly Node[]>()
  #statement: Span = { start: 0, end: 0 }
  /** What a function gave back. */
  #returned: { readonly value: Value } | undefined

  constructor(
    meaning: Meaning,
    budget: Budget,
    findings: Findings,
    neighbours: readonly Evaluator[] = [],
  ) {
    this.#neighbours = neighbours
    this.meaning = meaning
    this.budget = budget
    this.#world = {
      language: meaning.language,
      budget,
      findings,
      placeOf: (at) => spanOf(this.#statement, at),
      invoke: (fn, args) => this.invoke(fn, args),
      define: (name, value) => this.set(name, value),
      callPath: (path, args, at) => {
        const none = { receiver: undefined, named: noNames }
        return this.callAny({ paths: [path], at, args, ...none, method: path })
      },
    }
  }

  run(body: readonly Node[]): void {
    this.#hoist(body)
    this.block(body)
    this.#returned = undefined
    this.#enter(body)
    this.#walkUncalled(body, 0)
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
      if (node.kind === 'define') this.set(node.name, this.#functionOf(node))
      else if (node.kind === 'block') {
        for (const inner of node.body) {
          if (inner.kind === 'define')
            this.set(inner.name, this.#functionOf(inner))
        }
      }
    }
  }

  #functionOf({ name, params, body }: NodeOf<'define'>): Value {
    return { kind: 'function', name: this.key(name), params, body, via: 0 }
  }

  /** Handlers of events, entry points of macros: nobody in the script calls them. */
  #walkUncalled(body: readonly Node[], depth: number): void {
    for (const node of body) {
      if (this.budget.spent || depth > maxDepth) return
      if (node.kind === 'block') this.#walkUncalled(node.body, depth + 1)
      if (node.kind !== 'define' || this.#invoked.has(node.body)) continue
      this.#hoist(node.body)
      this.invoke(this.#functionOf(node), [])
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
    return this.#scope.get(key) ?? this.meaning.names(key) ?? this.#nearby(name)
  }

  #nearby(name: string): Value | undefined {
    for (const home of this.#neighbours) {
      if (home === this) continue
      const value = this.meaning.caseless
        ? home.#scope.getCaseless(name, (n) => this.budget.make(n))
        : home.#scope.get(home.key(name))
      if (value) return value.kind === 'function' ? { home, ...value } : value
    }
    return undefined
  }

  set(name: string, value: Value): void {
    this.#scope.set(this.key(name), value)
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
    for (const node of body) {
      if (this.#returned || this.budget.spent) break
      const outer = this.#statement
      if (!isBlock(node)) this.#statement = node
      last = this.value(node)
      this.#statement = outer
    }
    return last
  }

  /** What follows may happen whichever way was taken, so a return on one of them ends neither. */
  both(yes: readonly Node[], no: readonly Node[]): Value {
    const outer = this.#returned
    this.block(no)
    this.#returned = outer
    const made = this.block(yes)
    this.#returned = outer
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

  return(value: Value): void {
    this.#returned = { value }
  }

  /** Runs a body again and again, while `next` says so. */
  loop(body: readonly Node[], next: (turn: number) => boolean): void {
    for (let turn = 0; turn < maxTurns; turn++) {
      if (this.#returned || this.budget.spent || !next(turn)) return
      this.block(body)
    }
    this.budget.limits.add(`a loop of over ${maxTurns} turns is left`)
  }

  invoke(fn: Value | undefined, args: readonly Value[]): Value {
    if (fn?.kind !== 'function' || this.#calls >= maxCalls) return unknown()
    if (fn.home && fn.home !== this) return fn.home.invoke(fn, args)
    this.#invoked.add(fn.body)
    const outer = { scope: this.#scope, returned: this.#returned }
    this.#scope = new Scope(outer.scope)
    this.#returned = undefined
    this.#calls++
    this.#giveArguments(fn.params, args)
    // A function of VB gives what was assigned to its name.
    if (fn.name && this.meaning.resultByName) {
      this.#scope.setHere(`=${fn.name}`, text(''))
    }
    const last = this.block(fn.body)
    const returned = this.#returned as { readonly value: Value } | undefined
    const own = fn.name ? this.#scope.get(`=${fn.name}`) : undefined
    this.#scope = outer.scope
    this.#returned = outer.returned
    this.#calls--
    if (returned) return returned.value
    const given = own && !(own.kind === 'text' && own.text === '')
    return given ? own : last
  }

  #giveArguments(params: readonly string[], args: readonly Value[]): void {
    params.forEach((p, i) => {
      this.#scope.setHere(this.key(p), args[i] ?? unknown(p))
    })
    if (!args.length) return
    // Perl's @_, PowerShell's $args, a shell's $1.
    this.#scope.setHere('$_', args[0]!)
    this.#scope.setHere('$args', list([...args]))
    for (const name of ['_', '@', '*'])
      this.#scope.setHere(name, list([...args]))
    args.slice(0, 16).forEach((a, i) => {
      this.#scope.setHere(String(i + 1), a)
    })
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
    return known(facts) ?? unknown(path)
  }

  callAny(calling: Calling): Value {
    const { paths, receiver, args } = calling
    const facts = new CallFacts(this.#world, calling)
    this.meaning.everyCall?.(facts)
    let made: Value | undefined
    for (const path of paths) {
      made = this.#callPath(path, facts)
      if (made) break
    }
    // What is handed to a stranger may be called by it.
    for (const arg of args) {
      if (arg.kind === 'function' && !this.#invoked.has(arg.body)) {
        this.invoke(arg, [])
      }
    }
    const file = made && carriedFile(made)
    if (file) this.#world.findings.file(file)
    return made ?? unknown(paths[0] ?? '', viaOf([receiver, ...args]))
  }

  command(node: NodeOf<'command'>): Value {
    const input = node.from ? this.value(node.from) : undefined
    const [first, ...words] = node.words.map((w) => this.value(w))
    const program = this.#aliased(shownOf(first))
    const fn = first?.kind === 'function' ? first : this.get(program)
    if (fn?.kind === 'function')
      return this.invoke(fn, input ? [...words, input] : words)
    const name = nameOf(program)
    const known = this.meaning.commands(name)
    if (!known) return unknown(name)
    const piped = node.from !== undefined
    const parts = { name, program, first, words, input, piped, at: node }
    const made = known(new CommandFacts(this.#world, parts))
    return made ?? unknown(name)
  }

  #aliased(program: string): string {
    const alias = this.#scope.get(`alias:${program.toLowerCase()}`)
    return alias?.kind === 'text' ? alias.text : program
  }
}

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
  'with',
  'lambda',
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
