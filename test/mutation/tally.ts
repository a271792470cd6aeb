// What became of the inputs of a campaign: how many there were, what was thrown, which was slowest.
import { watchMemory } from '../../src/app/reading/heap.ts'

/** Milliseconds; what took longer is measured again, by itself and by the processor's clock: other programs must not make an input slow. */
const suspect = 200

/** Inputs after which memory is looked at, as a scan does every few megabytes that it reads. */
const betweenLooks = 1_000

export class Tally {
  inputs = 0
  readonly failures: string[] = []
  slowestMs = 0
  slowest = ''

  /** Does the work on one input, which does the same each time. */
  run(name: string, work: () => void): void {
    if (this.inputs++ % betweenLooks === 0) watchMemory()
    const started = performance.now()
    const thrown = errorOf(work)
    if (thrown !== undefined) this.fail(name, thrown)
    const took = performance.now() - started
    if (took < suspect) {
      this.took(name, took)
      return
    }
    const before = cpuMs()
    errorOf(work)
    this.took(name, Math.min(took, cpuMs() - before))
  }

  fail(name: string, error: unknown): void {
    const { stack } = error as Error
    this.failures.push(`${name}: ${stack ?? String(error)}`)
  }

  took(name: string, ms: number): void {
    if (ms <= this.slowestMs) return
    this.slowestMs = ms
    this.slowest = name
  }
}

export function isSuspect(ms: number): boolean {
  return ms >= suspect
}

/** Of this process. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function errorOf(work: () => void): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}
