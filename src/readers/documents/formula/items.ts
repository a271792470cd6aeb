// The items of a formula: one for each link or call in it that reaches outside.
import type { DocumentItem } from '../item.ts'
import { sentCells } from './calls.ts'
import { evaluate, type Lookup } from './evaluate.ts'

export interface FormulaPlace {
  readonly part?: string
  readonly position: string
  readonly offset?: number
  readonly line?: number
  readonly around?: string
  /** How its place is hidden from people. */
  readonly obfuscation?: readonly string[]
}

/** What a formula must have to act: spares reading the others. `|` is no operator of formulas. */
const mayAct =
  /\||\b(?:DDE|HYPERLINK|WEBSERVICE|IMAGE|IMPORT[A-Z]+|RTD|SQL\.REQUEST|CALL|REGISTER|EXEC|INITIATE|EXECUTE|POKE|FOPEN|FWRITE(?:LN)?|FORMULA|SEND\.KEYS|APP\.ACTIVATE|VBA\.INSERT\.FILE|RUN|OPEN|FILE\.DELETE)(?:\.\w+)*\s*\(/i

export interface FormulaGiven {
  readonly lookup?: Lookup
  /** As the document has it. */
  readonly written?: string
  /** What it calls acts, whatever it looks like. */
  readonly acts?: boolean
}

export function* formulaItems(
  formula: string,
  place: FormulaPlace,
  { lookup, written = formula, acts }: FormulaGiven = {},
): Generator<DocumentItem> {
  if (!(acts ?? mayAct.test(formula))) return
  const { actions, tricks } = evaluate(formula, lookup)
  const hidden = [...tricks, ...(place.obfuscation ?? [])]
  const plain = written.trim()
  const source = /^[=+\-@]/.test(plain) ? plain : `=${plain}`
  for (const action of actions) {
    const { name, args, cells: _, ...parts } = action
    const sent = sentCells(action)
    const isResolved = name !== '' && tricks.length > 0
    yield {
      kind: 'formula',
      ...place,
      text: isResolved ? `=${callText(name, args)}` : source,
      source,
      ...parts,
      ...(name && { functionName: name }),
      ...(sent.length && { sentCells: sent }),
      ...(hidden.length && { obfuscation: hidden }),
    }
  }
}

function callText(name: string, args: readonly string[]): string {
  const shown = args.map((a) => (/^-?[\d.]+$/.test(a) ? a : `"${a}"`))
  return `${name}(${shown.join(',')})`
}

/**
 * Full-width forms are what they look like to spreadsheets of some languages, Japanese among them, so that `＝` begins a formula too.
 * Source: OWASP, "CSV Injection". They stand at one distance from the ASCII ones.
 */
export function halfWidth(cell: string): string {
  return cell.replace(/[\uff01-\uff5e]/g, (c) =>
    String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  )
}

/** How a cell of a text begins that spreadsheets take as a formula. */
const beginning = /^[\s\u0000"']*[=+\-@]/

export function mayActFormula(formula: string): boolean {
  return mayAct.test(formula)
}

/** false: no cell of the row is a formula that acts; spares looking at each. */
export function mayHoldFormula(row: string): boolean {
  return (
    row.includes('(') ||
    row.includes('|') ||
    row.includes('\uff08') ||
    row.includes('\uff5c')
  )
}

/** A cell of CSV, TSV or DIF, where formulas are text. */
export function isFormulaCell(cell: string): boolean {
  if (!beginning.test(cell) || !mayAct.test(cell)) return false
  return !/^[^(]*\|/.test(cell) || textLink.test(cell)
}

/** Prose has bars as well: `- one | two`. */
const textLink =
  /\|\s*['\u0000]|[^\s|]\|[^\s|!]{1,1024}!|'[^'|]{1,256}\|[^']{1,8192}'\s*!/

/** A link and nothing else, as no command line begins: tells a formula where cells are full of text that programs were given. */
export function isLinkCell(cell: string): boolean {
  return bareLink.test(cell)
}

const bareLink =
  /^[\s\u0000"']{0,64}[=+\-@][^\s|"'();,]{1,64}\|\s{0,64}'[^'\n]{1,8192}'\s{0,64}!/
