// Sensors of this host as a source: each is a child process whose lines are taken as any stream's are. One that ends without having been
// asked to is a finding, and is started again, after longer and longer pauses.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { Emitter } from '../../../sensors/emitter.ts'
import { bootId } from '../../../sensors/run.ts'
import { KeptPositions } from '../../../sensors/event-log/positions.ts'
import { type Scope, scopeText } from '../../../sensors/scope.ts'

import type { Intake } from './intake.ts'
import { takeLines } from './streams.ts'

export interface SensorAsked {
  readonly kind: 'sensor'
  readonly name: string
  readonly scope: Scope
  /** Of which it is a child: the program and what comes before its own arguments. */
  readonly program: readonly string[]
  /** Where the kernel refuses it: what tells of the same. */
  readonly instead?: readonly SensorAsked[]
  /** Given to the sensor besides. */
  readonly options?: readonly string[]
  /** It is given the channels that rules ask for, and goes on where another run was. */
  readonly follows?: 'channels'
}

/** Milliseconds before it is started again: at first, and at most. */
const firstPauseMs = 500
const longestPauseMs = 60_000
/** Milliseconds of a run after which the next pause is the first again. */
const wellMs = 60_000
/** Milliseconds to tidy up in, before it is killed. */
const graceMs = 8_000

/** Of what follows channels: which, and where it is kept how far it was. */
export interface Following {
  readonly channels: readonly string[]
  readonly positions: string
}

export class SensorChild {
  #asked: SensorAsked
  readonly #following: Following | undefined
  #hasGiven = false
  readonly #intake: Intake
  readonly #problem: (message: string) => void
  #child: ChildProcess | undefined
  #isStopping = false
  #pauseMs = firstPauseMs
  #timer: NodeJS.Timeout | undefined
  #lastWords = ''

  constructor(
    asked: SensorAsked,
    intake: Intake,
    problem: (message: string) => void,
    following?: Following,
  ) {
    this.#following = asked.follows && following
    this.#asked = asked
    this.#intake = intake
    this.#problem = problem
  }

  start(): void {
    const { program, name, scope, options = [] } = this.#asked
    const [command, ...before] = program
    const narrowed = scope.kind === 'all' ? [] : ['--scope', scopeText(scope)]
    const began = Date.now()
    const child = spawn(
      command!,
      [
        ...before,
        'sensors',
        'run',
        name,
        '--while-input',
        ...narrowed,
        ...options,
        ...this.#followed(),
      ],
      // In a group of its own: what is typed to end the engine ends it in order, through the engine.
      { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
    )
    this.#child = child
    child.stdin.on('error', () => {})
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.#lastWords = line
      if (!this.#isStopping) this.#problem(`sensor ${name}: ${line}`)
    })
    const { positions } = this.#following ?? {}
    const kept =
      positions === undefined ? undefined : new KeptPositions(positions)
    takeLines(this.#noting(child.stdout), this.#intake, kept).catch(
      (error: Error) => this.#problem(`${this.#intake.name}: ${error.message}`),
    )
    child.once('error', (error) => this.#ended(error.message, began))
    child.once('exit', (code, signal) =>
      this.#ended(signal ?? `code ${code}`, began),
    )
  }

  /** Resolves when all that it told was taken. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#timer)
    const child = this.#child
    if (!child) return
    // Its end alone is not enough: what it told last may still be in the pipe.
    const ended = once(child, 'close')
    child.stdin?.end()
    const patience = setTimeout(() => {
      child.kill('SIGKILL')
      child.stdout?.destroy()
    }, graceMs)
    await ended
    clearTimeout(patience)
  }

  #followed(): readonly string[] {
    if (!this.#following) return []
    const { channels, positions } = this.#following
    return ['--channels', channels.join(), '--positions', positions]
  }

  #ended(how: string, began: number): void {
    if (this.#child === undefined) return
    this.#child = undefined
    if (this.#isStopping) return
    const { name } = this.#asked
    if (Date.now() - began > wellMs) this.#pauseMs = firstPauseMs
    this.#tell(how)
    this.#takeNext()
    this.#timer = setTimeout(() => this.start(), this.#pauseMs)
    this.#problem(
      `sensor ${name} ended (${how}); it is started again in ${this.#pauseMs / 1_000} s`,
    )
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2)
  }

  async *#noting(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const block of stream) {
      this.#hasGiven = true
      yield block
    }
  }

  /** One that never gave anything was refused. */
  #takeNext(): void {
    const [next, ...others] = this.#asked.instead ?? []
    if (this.#hasGiven || !next) return
    this.#problem(
      `sensor ${next.name} is taken in place of ${this.#asked.name}`,
    )
    this.#asked = { ...next, instead: others }
  }

  /** As the sensor would have told it. */
  #tell(how: string): void {
    const words = this.#lastWords && `: ${this.#lastWords}`
    const lines: string[] = []
    new Emitter({
      sensor: this.#asked.name,
      bootId: bootId(),
      write: (line) => lines.push(line),
    }).health('sensor ended', 1, `it ended (${how})${words}`, Date.now())
    this.#intake
      .accept(Buffer.from(`${lines.join('\n')}\n`))
      .catch((error: Error) => this.#problem(error.message))
  }
}
