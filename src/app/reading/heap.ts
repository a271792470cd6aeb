// V8 lets a heap grow to several times of what lives in it before it looks for garbage: hostile input makes much of that. Looking more often
// costs a tenth of an ordinary scan's time, so it is done where memory is used. Loaded before anything else; what is set holds for all threads.
import { memoryUsage } from 'node:process'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { isMainThread } from 'node:worker_threads'

interface Step {
  /** Bytes. */
  readonly resident: number
  readonly maxGarbage: number
}

/** How much garbage there may be beside what lives, in percent of it, once the process takes so many bytes of memory. */
const steps: readonly [Step, Step, ...Step[]] = [
  { resident: 0, maxGarbage: 100 },
  { resident: 192 * 1024 * 1024, maxGarbage: 50 },
  { resident: 240 * 1024 * 1024, maxGarbage: 14 },
]

/** Whether the process takes so much that it is time to look after it. */
export function isMemoryUsed(): boolean {
  return memoryUsage.rss() >= steps[1].resident
}

/** What follows keeps much of what it reads, and is not asked to be fast: as little garbage as can be. */
export function spareMemory(): void {
  step = steps.length - 1
  setMaxGarbage(steps[step]!.maxGarbage)
}

/**
 * What follows goes on for days: pages that hold little of what lives are given back at each look, which moves all that lives and so takes
 * more for a moment; and it looks often. Without it a watch of ten minutes took 530 MB where 260 do.
 */
export function keepMemorySteady(): void {
  isSteady = true
  setFlagsFromString('--compact-on-every-full-gc')
  spareMemory()
}

let step = 0
let isSteady = false
/** Of a thread's heap, for what has just been made, both halves together. In megabytes. */
const youngMegabytes = 16

/** How a process begins. What V8 keeps of compiled code holds under the flags alone under which it was made. */
export function beginWithFlags(): void {
  setMaxGarbage(steps[0].maxGarbage)
  // Threads have at once what their young heap may grow to, since the calling one ends all growth when it has grown.
  setFlagsFromString(`--min-semi-space-size=${youngMegabytes / 2}`)
  setFlagsFromString('--semi-space-growth-factor=2')
}
if (isMainThread) beginWithFlags()

/** Call every few megabytes that are read, or thousands of records that are joined: costs microseconds. */
export function watchMemory(): void {
  if (isSteady) return
  boundYoung()
  const resident = memoryUsage.rss()
  let at = step
  while (at + 1 < steps.length && resident >= steps[at + 1]!.resident) at++
  if (at === step) return
  step = at
  setMaxGarbage(steps[at]!.maxGarbage)
}

/** Less than it may grow to: it grows by the double. In bytes. */
const enoughYoung = 12 * 1024 * 1024

let isYoungBounded = false

/** Of a thread's heap, as Node counts it: three halves, of which one is in reserve. In megabytes. */
export const youngMegabytesOfThread = (youngMegabytes / 2) * 3

/** Call where much has been made: what is set holds for all threads. */
export function boundYoung(): void {
  if (isYoungBounded || !isMainThread) return
  const young = getHeapSpaceStatistics().find(
    ({ space_name }) => space_name === 'new_space',
  )
  if (!young || young.physical_space_size < enoughYoung) return
  setFlagsFromString('--semi-space-growth-factor=1')
  isYoungBounded = true
}

function setMaxGarbage(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`)
}
