// Which events should tell a time, and tell none?

/** What lies in a file has no time of its own, and a row of whatever table need not be an event. */
const isTimeless: ReadonlySet<string> = new Set([
  'document',
  'script',
  'unknown',
])

/** `family`: of its provenance. */
export function isUntimed(family: string, time: number | undefined): boolean {
  return time === undefined && !isTimeless.has(family)
}
