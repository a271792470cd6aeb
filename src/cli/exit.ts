// How a run ends. The gravest of what happened wins: wrong use over a rule error over findings.
export const exitCodes = {
  clean: 0,
  findings: 1,
  ruleError: 2,
  wrongUse: 3,
} as const

export class Outcome {
  code: number = exitCodes.clean

  note(kind: keyof typeof exitCodes): void {
    this.code = Math.max(this.code, exitCodes[kind])
  }
}

/** A message for the person who called, and the code to end with. Not a fault of the program. */
export class UsageError extends Error {}
