// The one mouth for messages: standard error. Nothing that a file, a rule or a flag brought in reaches a terminal as it is.
import { type Diagnostic, printDiagnostic } from '../base/diagnostic.ts'
import { oneLine, shownLines } from '../base/shown.ts'

/** A message about this run, on one line: the name of a file could otherwise begin one of its own. */
export function say(message: string): void {
  sayLine(`ipcwatch: ${oneLine(message)}`)
}

/** Text that needs no `ipcwatch:` in front. */
export function sayLine(text: string): void {
  process.stderr.write(`${shownLines(text)}\n`)
}

// Where messages cannot be written there is nobody to tell.
process.stderr.on('error', () => {})

export function sayDiagnostic(diagnostic: Diagnostic): void {
  sayLine(printDiagnostic(diagnostic))
}
