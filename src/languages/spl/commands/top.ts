// top and rare: the most or least frequent values.
import { quote } from '../print-expression.ts'
import {
  byClause,
  type Options,
  someNames,
  takeCount,
  takeOptions,
} from './options.ts'
import { by, names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  limit: 'count',
  countfield: 'text',
  percentfield: 'text',
  showcount: 'flag',
  showperc: 'flag',
  useother: 'flag',
  otherstr: 'text',
} as const

/** Values that `top` and `rare` give where no number is written. */
const defaultLimit = 10

/** `("top" | "rare") {option} [count] field {[","] field} ["by" field {[","] field}]` */
export const top: Syntax<'top'> = {
  words: ['top', 'rare'],
  options,
  parse(s, { word }) {
    const found: Options<typeof options> = {}
    const others = () => takeOptions(s, options, found, word)
    others()
    const count = takeCount(s)
    const fields = someNames(s, ['by'], 'a field', others)
    return {
      kind: 'top',
      rare: word === 'rare',
      fields,
      by: byClause(s, others),
      limit: count ?? found.limit ?? defaultLimit,
      countField: found.countfield ?? 'count',
      percentField: found.percentfield ?? 'percent',
      showCount: found.showcount ?? true,
      showPercent: found.showperc ?? true,
      ...(found.useother ? { otherText: found.otherstr ?? 'OTHER' } : {}),
    }
  },
  print: (c) =>
    words(
      c.rare ? 'rare' : 'top',
      `limit=${c.limit} countfield=${quote(c.countField)} percentfield=${quote(c.percentField)} showcount=${c.showCount} showperc=${c.showPercent}`,
      c.otherText !== undefined &&
        `useother=true otherstr=${quote(c.otherText)}`,
      names(c.fields),
      by(c.by),
    ),
}
