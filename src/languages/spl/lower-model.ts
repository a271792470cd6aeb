// What a data model and tstats become: events of the model, and operators that any search has.
import { didYouMean } from '../../base/did-you-mean.ts'

import type { Operator, Origin } from '../../ir/search.ts'
import type { CommandOf } from './ast.ts'
import { cimDataSets } from './cim.ts'
import type { DataModel } from './data-models.ts'
import { dataModelNames, findDataModel } from './data-models.ts'
import type { FieldMap } from './fields.ts'
import { resolveField } from './fields.ts'
import { fieldsOf, readModelField } from './model-names.ts'
import type { Report } from './report.ts'

/** The model that a command names; one that there is not is told. */
export function modelOf(
  { dataModel, at }: CommandOf<'tstats' | 'model'>,
  report: Report,
): DataModel | undefined {
  const model = dataModel === undefined ? undefined : findDataModel(dataModel)
  if (model || dataModel === undefined) return model
  reportUnknownModel(dataModel, at, report)
  return undefined
}

export function originOfModel(
  { dataModel }: CommandOf<'tstats' | 'model'>,
  { events }: DataModel,
): Origin {
  return { label: `the data model ${dataModel}`, condition: events }
}

export function reportUnknownModel(
  name: string,
  at: number,
  report: Report,
): void {
  const isKnown = cimDataSets.has(name.split('.').at(-1)!)
  report.error(
    'P018',
    isKnown
      ? `the data model "${name}" is not supported: which events it holds is not known here`
      : `unknown data model "${name}"`,
    at,
    (!isKnown && didYouMean(name, dataModelNames)) ||
      `there are ${dataModelNames.join(', ')}`,
  )
}

/** Fields of a data set that are absent where nobody told them: grouping by one leaves out no event. */
function mayLack(by: readonly string[], fields: FieldMap): string[] {
  return by.filter((name) => {
    const asked = readModelField(name)
    if (!asked || !fieldsOf(asked.dataSet).has(asked.field)) return false
    const places = resolveField(name, fields)
    return !places?.some((p) => p.kind === 'constant')
  })
}

export function tstatsOperators(
  { aggregates, by, span, fillNull }: CommandOf<'tstats'>,
  label: string,
  fields: FieldMap,
): Operator[] {
  const operators: Operator[] = []
  if (span)
    operators.push({
      kind: 'bin',
      field: '_time',
      as: '_time',
      buckets: { span },
    })
  const lacking = fillNull === undefined ? mayLack(by, fields) : by
  const value = fillNull ?? 'unknown'
  if (lacking.length)
    operators.push({ kind: 'fillnull', value, fields: lacking })
  const account = { label, notes: [] }
  operators.push({ kind: 'stats', aggregates, by, account })
  return operators
}
