// What is wrong with one document: collected by place, given line and column at the end.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { SigmaCode } from './codes.ts'
import { sigmaCodes } from './codes.ts'
import type { Locator, Place } from './yaml/locate.ts'

interface Problem {
  readonly code: SigmaCode
  readonly place: Place
  readonly message: string
  readonly hint: string | undefined
}

export class Problems {
  readonly file: string
  /** Position of the document among those of its file, from 0. */
  readonly document: number
  readonly #list: Problem[] = []
  #failed = false

  constructor(file: string, document: number) {
    this.file = file
    this.document = document
  }

  /** Whether the code is an error, a warning or a note stands in `sigmaCodes`. */
  report(code: SigmaCode, place: Place, message: string, hint?: string): void {
    this.#list.push({ code, place, message, hint })
    if (sigmaCodes[code].severity === 'error') this.#failed = true
  }

  /** The document cannot be loaded. */
  get failed(): boolean {
    return this.#failed
  }

  get count(): number {
    return this.#list.length
  }

  diagnostics(locator: Locator): Diagnostic[] {
    return this.#list.map(({ code, place, message, hint }) => ({
      code,
      severity: sigmaCodes[code].severity,
      message,
      file: this.file,
      position: locator.position(this.document, place),
      ...(hint ? { hint } : {}),
    }))
  }
}
