/** Our own fault, which no input can reach: the message is for developers. */
export function invariant(
  condition: unknown,
  message: string,
): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}
