// Messages about what was read, where thousands of files may have the same trouble: of each kind the first are said, the rest is counted.
import type { Diagnostic } from '../base/diagnostic.ts'
import { plural } from '../base/shown.ts'

import { say, sayDiagnostic } from './say.ts'

/** Said of each kind. */
const most = 3
/** Kinds told apart; beyond, all are one kind. */
const maxKinds = 1_000

export class Troubles {
  readonly #before: () => void
  readonly #kinds = new Map<string, { readonly first: string; count: number }>()

  /** `before`: what is to be done before something is said, such as clearing a line. */
  constructor(before: () => void = () => {}) {
    this.#before = before
  }

  tell(message: string): void {
    if (this.#isSaid(kindOf(message), message)) say(message)
  }

  /** Alike by their code; errors of which each has a reason of its own also by that. */
  diagnose(diagnostic: Diagnostic): void {
    const { code, message, severity } = diagnostic
    const kind =
      severity === 'error' ? `${code}: ${withoutNames(message)}` : code
    if (this.#isSaid(kind, message)) sayDiagnostic(diagnostic)
  }

  #isSaid(own: string, message: string): boolean {
    const full = this.#kinds.size >= maxKinds && !this.#kinds.has(own)
    const kind = full ? '' : own
    const known = this.#kinds.get(kind) ?? { first: message, count: 0 }
    known.count++
    this.#kinds.set(kind, known)
    if (known.count > most) return false
    this.#before()
    return true
  }

  /** How many were not said. */
  end(): void {
    for (const { first, count } of this.#kinds.values()) {
      const more = count - most
      if (more > 0) {
        say(`... and ${plural(more, 'more message')} like: ${first}`)
      }
    }
    this.#kinds.clear()
  }
}

/** What is left of `file: line 7 is not valid JSON` when file, numbers and quotations are taken away. */
function kindOf(message: string): string {
  const [, said = message] = /^.*?: (.*)$/s.exec(message) ?? []
  return withoutNames(said)
}

function withoutNames(text: string): string {
  return text.replace(/"[^"]*"/g, '""').replace(/\d+/g, '0')
}
