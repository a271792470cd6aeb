// What is wrong with something a person wrote (a rule, a search, a flag), and where.
// Diagnostics are collected, never thrown; only the command line turns them into exit codes.

import { oneLine } from './shown.ts'

export type Severity = 'error' | 'warning' | 'note'

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
}

export interface Diagnostic {
  /** A letter for the layer (S Sigma, P SPL, C content, Q SQL) and three digits; `docs/errors.md` lists them. */
  readonly code: string
  readonly severity: Severity
  /** One line, lower case, the author's own words in double quotes; what was found and what was expected. */
  readonly message: string
  readonly file?: string
  readonly position?: Position
  /** What to write instead. */
  readonly hint?: string
}

/** `error[S012] unknown modifier "containing"\n  rule.yml:18:14   did you mean "contains"?` */
export function printDiagnostic(d: Diagnostic): string {
  const head = oneLine(`${d.severity}[${d.code}] ${d.message}`)
  const at = d.position
    ? `${d.file ?? '-'}:${d.position.line}:${d.position.column}`
    : d.file
  if (!at && !d.hint) return head
  return `${head}\n  ${oneLine([at, d.hint].filter(Boolean).join('   '))}`
}

/** The position of a UTF-16 offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length))
  let line = 1
  let start = 0
  for (;;) {
    const next = text.indexOf('\n', start)
    if (next < 0 || next >= end) break
    line++
    start = next + 1
  }
  return { line, column: end - start + 1 }
}
