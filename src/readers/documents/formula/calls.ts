// Functions of formulas that reach outside of the sheet: what they are given is worth telling.
// [MS-XLS] 2.5.198 (functions and macro commands), OpenFormula 6 (DDE).
import type { Dde } from '../dde.ts'

/** A cell that a call is given; undefined: what it holds is not known. */
export interface GivenCell {
  readonly cell: string
  readonly value: string | undefined
}

export interface FormulaAction {
  /** In upper case; '' for a link that is written `service|topic!item`. */
  readonly name: string
  /** '' where it is not known. */
  readonly args: readonly string[]
  /** That stand in its arguments. */
  readonly cells?: readonly GivenCell[]
  readonly dde?: Dde
  readonly target?: string
  readonly progId?: string
  /** Where its server is started: another host. */
  readonly serverHost?: string
  readonly macroName?: string
}

type Make = (
  args: readonly string[],
) => Omit<FormulaAction, 'name' | 'args' | 'cells'>

const url: Make = ([target]) => (target ? { target } : {})
const nothing: Make = () => ({})
/** A library with a function of it and what that is given, or a program. */
const all: Make = (args) => ({ target: args.filter(Boolean).join(' ') })
const starts: Make = ([service = '', topic = '', item]) => ({
  dde: { service, topic, ...(item && { item }) },
})

/** A function of a sheet, or (the last group) a command of a macro sheet. */
export const acting: Readonly<Record<string, Make>> = {
  DDE: starts,
  HYPERLINK: url,
  WEBSERVICE: url,
  IMAGE: url,
  IMPORTXML: url,
  IMPORTDATA: url,
  IMPORTHTML: url,
  IMPORTFEED: url,
  IMPORTRANGE: url,
  RTD: ([progId, serverHost]) => ({
    ...(progId && { progId }),
    ...(serverHost && { serverHost }),
  }),
  'SQL.REQUEST': nothing,
  CALL: all,
  REGISTER: all,
  'REGISTER.ID': all,

  EXEC: all,
  INITIATE: starts,
  EXECUTE: all,
  POKE: nothing,
  FOPEN: url,
  FWRITE: nothing,
  FWRITELN: nothing,
  'FORMULA.FILL': nothing,
  FORMULA: nothing,
  'SEND.KEYS': nothing,
  'APP.ACTIVATE': nothing,
  'VBA.INSERT.FILE': nothing,
  RUN: ([macroName]) => (macroName ? { macroName } : {}),
  OPEN: url,
  'FILE.DELETE': url,
}

/** Of these what stands in cells goes where the formula leads. */
const sending: ReadonlySet<string> = new Set([
  'WEBSERVICE',
  'IMAGE',
  'HYPERLINK',
  'IMPORTXML',
  'IMPORTDATA',
  'IMPORTHTML',
  'IMPORTFEED',
])

const address = /^\s*(?:[a-z][a-z\d+.-]{0,31}:\/|\\\\)/i

/** The cells whose values are sent behind an address: those that do not hold the address itself. */
export function sentCells({
  name,
  target,
  cells = [],
}: FormulaAction): readonly string[] {
  if (!sending.has(name) || !target || !address.test(target)) return []
  const sent = cells.filter(({ value }) => !value || !address.test(value))
  return [...new Set(sent.map((c) => c.cell))]
}
