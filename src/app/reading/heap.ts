// V8 lets a heap grow to several times of what lives in it before it looks for garbage: hostile input makes much of that. Looking more often
// costs a tenth of an ordinary scan's time, so it is done where memory is used. Loaded before anything else; what is set holds for all threads.
import { memoryUsage } from 'node:process'
import { setFlagsFromString } from 'node:v8'

interface Step {
  /** Bytes. */
  readonly resident: number
  readonly maxGarbage: number
  /** Whether what lives is moved together at each look, so that pages which hold little of it are given back. */
  readonly compacts: boolean
}

/** What holds once the process takes so many bytes of memory: garbage in percent of what lives. */
const steps: readonly [Step, Step, ...Step[]] = [
  { resident: 0, maxGarbage: 100, compacts: false },
  { resident: 224 * 1024 * 1024, maxGarbage: 50, compacts: true },
  { resident: 352 * 1024 * 1024, maxGarbage: 20, compacts: true },
]

/** Whether the process takes so much that it is time to look after it. */
export function isMemoryUsed(): boolean {
  return memoryUsage.rss() >= steps[1].resident
}

/** What follows keeps much of what it reads, and is not asked to be fast: as little garbage as can be. */
export function spareMemory(): void {
  step = steps.length - 1
  take(steps[step]!)
}

let step = 0
take(steps[0])

/** Call every few megabytes that are read, or thousands of records that are joined: costs microseconds. */
export function watchMemory(): void {
  const resident = memoryUsage.rss()
  let at = step
  while (at + 1 < steps.length && resident >= steps[at + 1]!.resident) at++
  if (at === step) return
  step = at
  take(steps[at]!)
}

function take({ maxGarbage, compacts }: Step): void {
  setFlagsFromString(`--heap-growing-percent=${maxGarbage}`)
  setFlagsFromString(`--${compacts ? '' : 'no-'}compact-on-every-full-gc`)
}
