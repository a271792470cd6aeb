// What is wrong with one document: collected by place, given line and column at the end.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { SigmaCode } from './codes.ts'
import { sigmaCodes } from './codes.ts'
import type { Locator, Place } from '../../rule-text/yaml/locate.ts'

interface Problem {
  readonly code: SigmaCode
  readonly place: Place
  readonly message: string
  readonly hint: string | undefined
}

/** Of one document; nobody reads more. */
const maxProblems = 100

export class Problems {
  readonly file: string
  readonly #list: Problem[] = []
  #failed = false

  constructor(file: string) {
    this.file = file
  }

  /** Whether the code is an error, a warning or a note stands in `sigmaCodes`. */
  report(code: SigmaCode, place: Place, message: string, hint?: string): void {
    const isError = sigmaCodes[code].severity === 'error'
    // The error that refuses a document is always among what is said.
    if (this.#list.length < maxProblems || (isError && !this.#failed)) {
      this.#list.push({ code, place, message, hint })
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

  /** `document` as `readYaml` counts those of a section. */
  diagnostics(locator: Locator, document: number): Diagnostic[] {
    return this.#list.map(({ code, place, message, hint }) => ({
      code,
      severity: sigmaCodes[code].severity,
      message,
      file: this.file,
      position: locator.position(document, place),
      ...(hint ? { hint } : {}),
    }))
  }
}
