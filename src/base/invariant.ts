/** Our own fault, which no input can reach: the message is for developers. */
export function invariant(
  condition: unknown,
  message: string,
): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}

/** Marks the end of an exhaustive chain over a union. */
export function unreachable(value: never): never {
  throw new Error(`invariant: unexpected ${JSON.stringify(value)}`)
}
