// Where do findings of a stream go? An output takes some at a time and says when it has them. A new one is a file beside this one and a
// line in index.ts.

export interface Output {
  readonly name: string
  /** Findings as JSON. Resolves when they are where they should be; rejects with `Refused`, with whatever went wrong for now, or soon after the signal. */
  send(lines: readonly string[], signal: AbortSignal): Promise<void>
  /** What another run must know to go on behind what was sent. Plain data. */
  state?(): unknown
  /** Goes on where another run was: gives how many of the lines that are sent next it has already. */
  resume?(state: unknown, next: readonly string[]): number
  close(): Promise<void>
}

/** These findings will never be taken: waiting brings nothing. */
export class Refused extends Error {}

/** Not now; the other side may say for how long, in milliseconds. */
export class NotNow extends Error {
  readonly afterMs: number | undefined

  constructor(message: string, afterMs?: number) {
    super(message)
    this.afterMs = afterMs
  }
}
