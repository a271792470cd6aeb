// The built program, run as a person runs it: what it prints, and how it ends.
import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

export const cli = resolve('dist/cli/main.js')

const maxOutputBytes = 1 << 28

export interface Ended {
  /** null: a signal ended it. */
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** `options`: what it is given beside its arguments; `stdio` may lead its output elsewhere, which is then ''. */
export function run(
  args: readonly string[],
  options: Pick<SpawnSyncOptions, 'input' | 'env' | 'stdio' | 'uid'> = {},
): Ended {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...args],
    { encoding: 'utf8', maxBuffer: maxOutputBytes, ...options },
  )
  return { status, signal, stdout: stdout ?? '', stderr: stderr ?? '' }
}
