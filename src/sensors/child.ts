// A program of the system that tells for a sensor, a line at a time. Where it ends without having been asked to, its last words say why.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Milliseconds that it has to end. */
const graceMs = 3_000

export interface ChildOptions {
  /** For people. */
  readonly name: string
  readonly env?: NodeJS.ProcessEnv
  readonly line: (line: string) => void
  readonly failed: (why: string) => void
}

export class TellingChild {
  readonly #child: ChildProcess
  #lastWords = ''
  #isEnding = false

  constructor(
    program: string,
    args: readonly string[],
    { name, env, line, failed }: ChildOptions,
  ) {
    this.#child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(env && { env }),
    })
    const { stdout, stderr } = this.#child
    createInterface({ input: stdout! }).on('line', line)
    createInterface({ input: stderr! }).on('line', (words) => {
      this.#lastWords = words
    })
    this.#child.on('error', (error) => failed(error.message))
    this.#child.on('close', (code, signal) => {
      if (this.#isEnding) return
      const words = this.#lastWords && `: ${this.#lastWords}`
      failed(`${name} ended (${signal ?? `code ${code}`})${words}`)
    })
  }

  async stop(): Promise<void> {
    this.#isEnding = true
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), graceMs)
    await ended
    clearTimeout(patience)
  }
}
