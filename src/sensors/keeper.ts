// Who tidies up behind a sensor that was killed? A shell that waits for the end of a pipe of which the sensor holds the other end: when the
// sensor is gone, however it went, the pipe ends, and the shell runs what was given to it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export class Keeper {
  readonly #child: ChildProcess

  /** `script`: of a POSIX shell, with `args` as `$1` and so on. It also runs after an orderly end, and must not mind. */
  constructor(script: string, args: readonly string[]) {
    // What is sent to the group of the sensor is not meant for it.
    const whole = `trap '' HUP INT TERM QUIT; read -r _; ${script}`
    this.#child = spawn('/bin/sh', ['-c', whole, 'ipcwatch-keeper', ...args], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    this.#child.on('error', () => {})
    this.#child.unref()
    ;(this.#child.stdin as unknown as { unref(): void }).unref()
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Resolves when it has tidied up. */
  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.ref()
    this.#child.stdin?.end()
    await ended
  }
}
