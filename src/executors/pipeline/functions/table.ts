// The functions of eval and where on values. Each says for itself what it does with null; most give null.
import { jsonFunctions } from './json.ts'
import { listFunctions } from './list.ts'
import { numberFunctions } from './number.ts'
import { textFunctions } from './text.ts'
import { timeFunctions } from './time.ts'
import type { FunctionName } from '../../../ir/functions.ts'
import type { FormName } from './forms.ts'
import type { Fn, Functions } from '../values.ts'
import { isList, numberOf } from '../values.ts'

const tests = {
  true: () => true,
  false: () => false,
  null: () => null,
  isnull: ([v]) => v === null,
  isnotnull: ([v]) => v !== null,
  isnum: ([v]) => numberOf(v!) !== null,
  isint: ([v]) => Number.isInteger(numberOf(v!)),
  isstr: ([v]) => typeof v === 'string' && numberOf(v) === null,
  isbool: ([v]) => typeof v === 'boolean',
  nullif: ([a, b]) => (a === b ? null : a!),
  typeof: ([v]) => {
    if (v === null) return 'Invalid'
    if (typeof v === 'boolean') return 'Boolean'
    if (isList(v)) return 'Multivalue'
    return numberOf(v!) === null ? 'String' : 'Number'
  },
} satisfies Functions

/** Every function but the forms, which expressions compile themselves. */
export const functionTable: Readonly<
  Record<Exclude<FunctionName, FormName>, Fn>
> = {
  ...tests,
  ...textFunctions,
  ...numberFunctions,
  ...listFunctions,
  ...timeFunctions,
  ...jsonFunctions,
}
