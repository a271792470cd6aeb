// What those who know one kind of node may ask of the folding that is under way.
import type { Budget } from '../budget.ts'
import type { Language } from '../language.ts'
import type { Session } from '../session.ts'
import type { Node, NodeOf, Span } from '../syntax/node.ts'
import type { Call, Known, KnownCommand } from './call.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { Leaving, Turns } from './control.ts'
import type { Operation } from './operation.ts'
import type { FunctionValue, ObjectValue, Value } from './value.ts'

/** What is known of the language. */
export interface Meaning {
  readonly language: Language
  /** What it makes of values by rules of its own. */
  readonly dialect?: Dialect
  readonly caseless?: boolean
  /** A function gives what is assigned to its name. */
  readonly resultByName?: boolean
  /** `+` never joins text. */
  readonly adds?: boolean
  /** Its members are the names of the script; of some only where that is `sure`. */
  readonly isGlobal?: (holder: Value, sure: boolean) => boolean
  /** A letter of a text is a number too. */
  readonly lettersAreNumbers?: true
  /** A loop gives what its turns give. */
  readonly loopsGive?: true
  /** A function sets names of its own, whoever else has them. */
  readonly setsHere?: true
  /** Items of a text can be set. */
  readonly textsChange?: true
  /** What an object's function calls the object; absent: its first parameter. */
  readonly ownName?: string
  /** Commands say what stands for them, one behind the other. */
  readonly speaks?: true
  /** A function knows the names of where it stands, and not of where it is called. */
  readonly closures?: true
  /** Numbers that are taken bit by bit have 32 of them. */
  readonly wraps?: true
  /** What operators do in this language and in no other. */
  readonly operators?: Readonly<Record<string, Operation>>
  /** What an operator before one value does there. */
  readonly unary?: Readonly<Record<string, (of: Value) => Value | undefined>>
  /** A place before the first is none: it is not counted from the end. */
  readonly placesFromFirst?: true
  /** A list is taken for true, though nothing is in it. */
  readonly listsAreTrue?: true
  /** Before the names of its fields. */
  readonly ownSign?: string
  /** Before names that are variables of the environment. */
  readonly environmentSign?: string
  /** The names of words are those of parameters: `f -b 1`. */
  readonly namesParameters?: true
  /** Signs before a name that do not tell names apart. */
  readonly signs?: RegExp
  readonly calls: (path: string) => Known | undefined
  readonly commands: (name: string) => KnownCommand | undefined
  /** Procedures that whoever holds the script calls, without being asked. */
  readonly startsByItself?: RegExp
  /** A member that is more than its name, though nobody calls it. */
  readonly isProperty: (path: string) => boolean
  /** Names that the language gives a value. */
  readonly names: (name: string) => Value | undefined
  /** Whatever is called: words that give away what is meant. */
  readonly everyCall?: (call: Call) => void
}

/** A call by whichever of the ways to write its path is known. */
export interface Calling {
  readonly paths: readonly string[]
  readonly at: Span
  readonly receiver: Value | undefined
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  /** As it is written. */
  readonly method: string
  /** How its name was hidden. */
  readonly via?: number
}

export interface Folding {
  readonly meaning: Meaning
  readonly budget: Budget
  readonly session: Session
  /** Modules whose names are known without them. */
  readonly stars: string[]
  readonly withObject: Value
  /** Within no function. */
  readonly isOutermost: boolean
  value(node: Node): Value
  block(body: readonly Node[]): Value
  both(yes: readonly Node[], no: readonly Node[]): Value
  /** What its turns give, where the language wants it. */
  loop(
    body: readonly Node[],
    next: (turn: number) => boolean,
    kind?: Pick<Turns, 'waits' | 'endless' | 'label'>,
  ): Value
  /** Whether it is taken for true; undefined: nobody knows. */
  holds(value: Value): boolean | undefined
  /** A block behind which it goes on where something in it breaks off. */
  breakable(body: readonly Node[]): Value
  attempt(node: NodeOf<'try'>): Value
  /** What happens on a way that may not be taken. */
  aside<T>(body: () => T): T
  within<T>(object: Value, body: () => T): T
  leave(how: Leaving, value: Value, label?: string): void
  functionOf(params: readonly string[], body: readonly Node[]): Value
  key(name: string): string
  get(name: string): Value | undefined
  set(name: string, value: Value): void
  /** As a name of this function's own. */
  declare(name: string, value: Value): void
  /** An item or a member is another now. */
  changed(): void
  isOwnName(key: string): boolean
  define(node: NodeOf<'define'>): void
  /** What was set on a function. */
  fieldsOf(fn: FunctionValue): Map<string, Value>
  /** What objects share that a function makes. */
  prototypeOf(fn: FunctionValue): ObjectValue
  /** `of`: the object whose function it is. */
  invoke(fn: Value | undefined, args: readonly Value[], of?: ObjectValue): Value
  /** VB: what the function that was called last has made of what it was given by its names. */
  takeChangedArguments(): readonly (Value | undefined)[]
  /** undefined: nobody knows the path. */
  call(
    path: string,
    at: Span,
    receiver: Value | undefined,
    args: readonly Value[],
  ): Value | undefined
  callAny(calling: Calling): Value
  command(node: NodeOf<'command'>): Value
}
