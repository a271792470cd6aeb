// How much work is it? Counted, not timed: how often each block of the product's code was entered, as V8's coverage counts it. What
// V8 does within one call of its own (joining, sorting) is not seen.
import { Session } from 'node:inspector/promises'

export async function stepsOf(work: () => unknown): Promise<number> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', {
      callCount: true,
      detailed: true,
    })
    await work()
    const { result } = await session.post('Profiler.takePreciseCoverage')
    let steps = 0
    for (const { url, functions } of result) {
      if (!url.includes('/src/')) continue
      for (const { ranges } of functions) {
        for (const { count } of ranges) steps += count
      }
    }
    return steps
  } finally {
    session.disconnect()
  }
}
