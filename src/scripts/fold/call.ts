// A call as those who know calls see it: its path, its arguments, and what they may say of it.
import type { ActionKind } from '../action.ts'
import type { Budget } from '../budget.ts'
import type { Language } from '../language.ts'
import type { Session } from '../session.ts'
import type { Value } from './value.ts'

export interface Told {
  readonly host?: string | undefined
  /** Besides what the statement's values carry. */
  readonly via?: number
}

/**
 * What together with others makes an action of its own. `shell`: a shell's ends are those of a connection. `descriptors`: the ends of what runs
 * are others', of whom nobody knows; `stream`: what is read may come through a connection.
 * `redirected`: the script writes the input of what it starts.
 */
export type Mark =
  | 'connection'
  | 'descriptors'
  | 'redirected'
  | 'shell'
  | 'stream'

/** What may be said while a statement is looked at. */
export interface Teller {
  readonly language: Language
  readonly budget: Budget
  /** Variables of the environment and files, which programs leave to each other. */
  readonly session: Session
  tell(kind: ActionKind, target: string, told?: Told): void
  /** Another script stands in this one. */
  script(value: Value | undefined, language: Language | undefined): void
  /** Text that is run as code, here: what it comes to. */
  evaluate(value: Value, language: Language): Value
  mark(mark: Mark): void
  /** A command line that is started. */
  commandLine(value: Value | undefined, told?: Told): void
}

export interface Call extends Teller {
  /** In lower case: `convert.frombase64string`, `wscript.shell.run`, `.run`. */
  readonly path: string
  /** As it is written. */
  readonly method: string
  readonly receiver: Value | undefined
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  /** Makes a name stand for something: what is opened is often given to a name among the arguments. */
  define(name: string, value: Value): void
  /** What a name stands for. */
  get(name: string): Value | undefined
  /** Calls a function of the script. */
  invoke(fn: Value | undefined, args: readonly Value[]): Value
  /** Calls a member by its name. */
  send(receiver: Value, name: string, args: readonly Value[]): Value
}

/** undefined: nothing is known of what comes back. */
export type Known = (call: Call) => Value | undefined

export interface CommandChanges {
  readonly name?: string
  readonly words?: readonly Value[]
  readonly input?: Value | undefined
  readonly piped?: boolean
}

export interface Command extends Teller {
  /** Of the program or the cmdlet: the last part of its path, in lower case, without `.exe`. */
  readonly name: string
  /** As it is written. */
  readonly program: string
  readonly first: Value | undefined
  readonly words: readonly Value[]
  /** What comes through the pipe. */
  readonly input: Value | undefined
  /** The same command, seen otherwise. */
  with(changes: CommandChanges): Command
  /** Makes a name stand for something. */
  define(name: string, value: Value): void
  /** What a name stands for. */
  get(name: string): Value | undefined
  /** Calls by path, as an expression would. */
  call(path: string, args: readonly Value[]): Value
  /** It is one of a pipe that a program before it feeds. */
  readonly piped: boolean
  invoke(fn: Value | undefined, args: readonly Value[]): Value
  /** Runs a block among the names that are here, with what `$_` stands for. */
  run(block: Value, topic: Value | undefined): Value
}

export type KnownCommand = (command: Command) => Value | undefined
