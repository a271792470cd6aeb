// What is wrong with one rule: collected by place, given line and column at the end.
import type { Diagnostic, Position, Severity } from '../base/diagnostic.ts'

import type { Place } from './yaml/locate.ts'
import { Locator } from './yaml/locate.ts'
import type { YamlDocument } from './yaml/read.ts'

interface Problem<Code extends string> {
  readonly code: Code
  readonly at: Place | Position
  readonly message: string
  readonly hint: string | undefined
}

/** Of one document; nobody reads more. */
const maxProblems = 100

export class ProblemList<Code extends string> {
  /** '': a text that is in none. */
  readonly file: string
  readonly #severityOf: (code: Code) => Severity
  readonly #list: Problem<Code>[] = []
  #failed = false

  constructor(file: string, severityOf: (code: Code) => Severity) {
    this.file = file
    this.#severityOf = severityOf
  }

  /** A hint that is dear to find is a function, asked only where it is shown. */
  report(
    code: Code,
    at: Place | Position,
    message: string,
    hint?: string | (() => string),
  ): void {
    const isError = this.#severityOf(code) === 'error'
    // The error that refuses a document is always among what is said.
    if (this.#list.length < maxProblems || (isError && !this.#failed)) {
      const advice = typeof hint === 'function' ? hint() : hint
      this.#list.push({ code, at, message, hint: advice })
    }
    if (isError) this.#failed = true
  }

  /** The document cannot be loaded. */
  get failed(): boolean {
    return this.#failed
  }

  get count(): number {
    return this.#list.length
  }

  diagnostics({ section, index }: YamlDocument): Diagnostic[] {
    const locator = new Locator(section)
    return this.#list.map(({ code, at, message, hint }) => ({
      code,
      severity: this.#severityOf(code),
      message,
      ...(this.file ? { file: this.file } : {}),
      position: 'line' in at ? at : locator.position(index, at),
      ...(hint ? { hint } : {}),
    }))
  }
}
