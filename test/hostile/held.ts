// What is remembered when the work is done? Bytes that live on, in the heap and beside it.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** More than before the work; below 0 where something was let go. */
export async function heldBy(work: () => Promise<unknown>): Promise<number> {
  const before = living()
  const kept = await work()
  const bytes = living() - before
  // What did the work is there until now.
  return kept === undefined ? bytes : bytes
}

function living(): number {
  // What lies beside the heap is let go while the next begins.
  collectGarbage()
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
