// A row of CSV (RFC 4180) that can be opened in a spreadsheet, in whatever country: what is hunted for must not run where it is looked at.
import { shownLines } from './shown.ts'

/** With their full-width forms, which spreadsheets take for the same. */
const formula = '=+\\-@\uff1d\uff0b\uff0d\uff20'
/** At the beginning, and after a break or a tab, where a lenient reader would begin another cell. */
const startsFormula = new RegExp(`(^|[\\n\\t])(\\s*)(?=[${formula}])`, 'g')
const number = /^-?\d+(\.\d+)?$/

/** With its line break: a lone LF, since what is piped into a terminal must hold no other control. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`
}

function csvCell(text: string): string {
  const harmless = number.test(text)
  const safe = harmless ? text : disarmed(text)
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** An apostrophe makes text of a formula. Other characters that could steer a terminal become escapes; line breaks and tabs stay. */
function disarmed(text: string): string {
  const shown = shownLines(text.replaceAll('\r\n', '\n'))
  const begins = /^[\t\n]/.test(shown) ? `'${shown}` : shown
  return begins.replace(startsFormula, "$1$2'")
}
