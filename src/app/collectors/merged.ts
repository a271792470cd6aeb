// Many runs in order as one in order: what comes next is at the top of a heap of their first findings.
import { byTime, type Run, type Waiting } from './waiting.ts'

interface Open {
  readonly run: Run
  first: Waiting
}

export function* merged(runs: readonly Run[]): Generator<Waiting> {
  const heap = runs.flatMap((run) => {
    const first = run.next()
    return first ? [{ run, first }] : []
  })
  for (let at = heap.length >> 1; at >= 0; at--) sink(heap, at)
  for (let top = heap[0]; top; top = heap[0]) {
    yield top.first
    const next = top.run.next()
    if (next) top.first = next
    else {
      const last = heap.pop()!
      if (last === top) return
      heap[0] = last
    }
    sink(heap, 0)
  }
}

/** Moves down what may be later than what is below it. */
function sink(heap: Open[], start: number): void {
  let at = start
  for (;;) {
    const left = 2 * at + 1
    if (left >= heap.length) return
    const right = left + 1
    const least =
      right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left
    if (!isBefore(heap[least]!, heap[at]!)) return
    const moved = heap[at]!
    heap[at] = heap[least]!
    heap[least] = moved
    at = least
  }
}

function isBefore({ first: a }: Open, { first: b }: Open): boolean {
  return a.time === b.time ? byTime(a, b) < 0 : a.time < b.time
}
