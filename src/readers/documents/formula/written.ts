// Formulas as formats write them, with their cells in the one style that is read here: `A1`, `'Sheet 2'!B3`.
import { cellName } from '../cell-name.ts'

/** A text or a quoted name, which is left as it is, or a cell by row and column: `R2C3`, `R[-1]C`. */
const byNumbers =
  /"[^"]*"?|'[^']*'?|(?<![\w.\]])R(\d{1,7}|\[-?\d{1,7}\])?C(\d{1,5}|\[-?\d{1,5}\])?(?![\w.([])/gi

/** `row`, `column`: of the cell that the formula stands in, from 1. */
export function ofNumbers(
  formula: string,
  row: number,
  column: number,
): string {
  const at = (given: string | undefined, own: number) =>
    given?.startsWith('[')
      ? own + Number(given.slice(1, -1))
      : Number(given ?? own)
  return formula.replace(
    byNumbers,
    (whole, r: string | undefined, c: string | undefined) => {
      if (/^["']/.test(whole)) return whole
      const [toRow, toColumn] = [at(r, row), at(c, column)]
      return toRow > 0 && toColumn > 0 ? cellName(toRow, toColumn) : whole
    },
  )
}

/** Texts apart: a reference of OpenFormula stands in brackets. */
const inBrackets = /"[^"]*"?|\[((?:[^'\]"]|'[^']{0,1024}'){1,2048})\]/g
const reference =
  /^(?:\$?('[^']{0,1024}'|[^'.:]{0,1024}))?\.(\$?[A-Z]{1,3}\$?\d{1,7})$/i

/** OpenFormula (ODF 1.3 part 4, 5.8): `[.A1:.B2]`, `[$'Sheet 2'.A1]`. */
export function ofOpenFormula(written: string): string {
  const formula = written.replace(/^(?:of|oooc|msoxl):/, '')
  return formula.replace(inBrackets, (whole, inner: string | undefined) => {
    if (inner === undefined) return whole
    const cells = inner.split(':').map((part) => reference.exec(part))
    if (cells.length > 2 || cells.includes(null)) return whole
    const [sheet] = cells.map((c) => c![1])
    const place = cells.map((c) => c![2]).join(':')
    return sheet ? `${sheet}!${place}` : place
  })
}
