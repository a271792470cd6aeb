// Sorts the numbers of things by what they stand for. What already is in order, as most of a log is, costs one comparison each.

/** 0 to `count` - 1, in order; `compare` of two of them. Equal ones stay as they are. */
export function sortedNumbers(
  count: number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  let from = Uint32Array.from({ length: count }, (_, i) => i)
  let ends = endsOfRuns(count, compare)
  if (ends.length < 2) return from
  let to = new Uint32Array(count)
  while (ends.length > 1) {
    const merged: number[] = []
    let start = 0
    for (let i = 0; i < ends.length; i += 2) {
      const middle = ends[i]!
      const end = ends[i + 1] ?? middle
      merge(from, to, start, middle, end, compare)
      merged.push(end)
      start = end
    }
    ;[from, to] = [to, from]
    ends = merged
  }
  return from
}

/** Where each stretch that is in order ends. */
function endsOfRuns(
  count: number,
  compare: (a: number, b: number) => number,
): number[] {
  const ends: number[] = []
  for (let i = 1; i < count; i++) if (compare(i - 1, i) > 0) ends.push(i)
  ends.push(count)
  return ends
}

/** Two stretches that lie behind one another. */
function merge(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
  compare: (a: number, b: number) => number,
): void {
  let a = start
  let b = middle
  for (let at = start; at < end; at++) {
    const takesFirst =
      a < middle && (b >= end || compare(from[a]!, from[b]!) <= 0)
    to[at] = takesFirst ? from[a++]! : from[b++]!
  }
}
