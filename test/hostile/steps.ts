// How much work is it? Counted, not timed: how often each block of the product's code was entered, as V8's coverage counts it. What
// V8 does within one call of its own (joining, sorting) is not seen. Set up before the code that is counted is loaded: only what is compiled
// from then on has a counter in each block.
import { Session } from 'node:inspector/promises'
import { setFlagsFromString } from 'node:v8'

// What is optimised does not count how often it is called, and when that is done is the system's to say: so nothing is.
setFlagsFromString('--no-opt')
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', {
  callCount: true,
  detailed: true,
})

export async function stepsOf(work: () => unknown): Promise<number> {
  await countedSoFar()
  await work()
  return await countedSoFar()
}

/** Since it was last asked. */
async function countedSoFar(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  let steps = 0
  for (const { url, functions } of result) {
    if (!url.includes('/src/')) continue
    for (const { ranges } of functions) {
      for (const { count } of ranges) steps += count
    }
  }
  return steps
}
