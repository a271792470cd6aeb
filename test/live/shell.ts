// A shell on which behaviours are done: whoever watches looks at its processes alone.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const here = resolve('test/live')

/** Who logged in: of nobody on any system. Rules of audit go by it, so that nobody else's processes are recorded. */
export const loginUser = 1559
/** The same, where it is recorded. */
export const recordedUser = 1560

export interface ShellOptions {
  readonly folder: string
  /** Command that it does before anybody sees it. */
  readonly begin?: string
  /** Program, with its arguments, that runs it. */
  readonly within?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

export class Shell {
  readonly #shell: ChildProcess
  #marks = 0

  constructor({ folder, begin, within = [], env }: ShellOptions) {
    const script = `${begin ? `${begin}\n` : ''}exec bash --norc`
    const [program, ...args] = [...within, 'bash', '-c', script]
    this.#shell = spawn(program!, args, {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
      ...(env && { env }),
    })
  }

  get pid(): number {
    return this.#shell.pid!
  }

  /** Resolves when the command has ended; gives what it printed. */
  async run(command: string): Promise<string> {
    const mark = `done-${++this.#marks}`
    const lines: string[] = []
    const ended = new Promise<void>((done) => {
      const input = createInterface({ input: this.#shell.stdout! })
      input.on('line', (line) => {
        // A prompt may stand before it.
        if (!line.endsWith(mark)) lines.push(line)
        else {
          input.close()
          done()
        }
      })
    })
    this.#shell.stdin!.write(`${command}\nbuiltin echo ${mark}\n`)
    await ended
    return lines.join('\n')
  }

  async end(): Promise<void> {
    const { exitCode, signalCode } = this.#shell
    if (exitCode !== null || signalCode !== null) return
    const ended = once(this.#shell, 'exit')
    this.#shell.stdin!.end('exit\n')
    await ended
  }
}

/** A program of this folder, into that one. */
export function compile(name: string, folder: string): void {
  const source = join(here, `${name}.c`)
  const { status, stderr } = spawnSync(
    'gcc',
    ['-O1', '-w', '-o', join(folder, name), source],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
}

export function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
