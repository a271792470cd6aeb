// How a run ends. The gravest of what happened wins: wrong use over a rule error over findings.
import { say } from './say.ts'

export const exitCodes = {
  clean: 0,
  findings: 1,
  ruleError: 2,
  wrongUse: 3,
} as const

type Ending = keyof typeof exitCodes

export class Outcome {
  code: number = exitCodes.clean
  readonly #reasons = new Map<string, number>()

  note(kind: Ending, why?: string): void {
    const code = exitCodes[kind]
    this.code = Math.max(this.code, code)
    if (why !== undefined) this.#reasons.set(why, code)
  }

  /** To be called when all else is said: why a run ends as it does must not scroll away. The gravest reason comes last. */
  end(): void {
    const reasons = [...this.#reasons].sort((a, b) => a[1] - b[1])
    for (const [why] of reasons) say(why)
    process.exitCode = this.code
  }
}

/** A message for the person who called, and the code to end with. Not a fault of the program. */
export class UsageError extends Error {}
