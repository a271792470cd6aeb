// Collects what is wrong with a search. A problem in one command does not hide those in the next.
import type { Diagnostic, Severity } from '../../base/diagnostic.ts'
import { positionAt } from '../../base/diagnostic.ts'

import type { SplCode } from './codes.ts'

/** More than these say nothing new about one search. */
const maxDiagnostics = 50

export class Report {
  readonly diagnostics: Diagnostic[] = []
  readonly #text: string
  readonly #file: string | undefined
  readonly #original: (offset: number) => number
  readonly #read: string
  readonly #seen = new Set<string>()

  /** `read` is the expanded search; `original` leads from an offset in it to one in the author's text. */
  constructor(
    text: string,
    file: string | undefined,
    original: (offset: number) => number = (o) => o,
    read = text,
  ) {
    this.#text = text
    this.#file = file
    this.#original = original
    this.#read = read
  }

  /** Where a command that begins at `from` names the field first; `from` where it is written in another way. */
  placeOf(name: string, from: number): number {
    const text = this.#read
    let at = text.indexOf(name, from)
    while (at >= 0) {
      const isWhole = ![text[at - 1], text[at + name.length]].some(
        (c) => c !== undefined && /[\w.]/.test(c),
      )
      if (isWhole) return at
      at = text.indexOf(name, at + 1)
    }
    return from
  }

  add(
    severity: Severity,
    code: SplCode,
    message: string,
    at: number | undefined,
    hint?: string,
  ): void {
    this.addAt(
      severity,
      code,
      message,
      at === undefined ? undefined : this.#original(at),
      hint,
    )
  }

  /** The same with an offset in the author's own text. */
  addAt(
    severity: Severity,
    code: SplCode,
    message: string,
    at: number | undefined,
    hint?: string,
  ): void {
    const key = `${code} ${at} ${message}`
    if (this.#seen.has(key) || this.diagnostics.length >= maxDiagnostics) return
    this.#seen.add(key)
    this.diagnostics.push({
      code,
      severity,
      message,
      ...(this.#file === undefined ? {} : { file: this.#file }),
      ...(at === undefined ? {} : { position: positionAt(this.#text, at) }),
      ...(hint ? { hint } : {}),
    })
  }

  error(code: SplCode, message: string, at?: number, hint?: string): void {
    this.add('error', code, message, at, hint)
  }

  warn(code: SplCode, message: string, at?: number, hint?: string): void {
    this.add('warning', code, message, at, hint)
  }

  get failed(): boolean {
    return this.diagnostics.some((d) => d.severity === 'error')
  }
}

/** Ends the reading of one command; the parser catches it, reports it and goes on behind the next pipe. */
export class SyntaxProblem extends Error {
  readonly code: SplCode
  readonly at: number
  readonly hint: string | undefined

  constructor(code: SplCode, message: string, at: number, hint?: string) {
    super(message)
    this.code = code
    this.at = at
    this.hint = hint
  }
}
