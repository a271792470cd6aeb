// What a data model and tstats become: events of the model, and operators that any search has.
import { didYouMean } from '../../base/did-you-mean.ts'

import type { Operator, Origin } from '../../ir/search.ts'
import type { CommandOf } from './ast.ts'
import type { DataModel } from './data-models.ts'
import { dataModelNames, findDataModel } from './data-models.ts'
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
  report.error(
    'P018',
    `unknown data model "${name}"`,
    at,
    didYouMean(name, dataModelNames) ||
      `there are ${dataModelNames.join(', ')}`,
  )
}

export function tstatsOperators(
  { aggregates, by, span, fillNull }: CommandOf<'tstats'>,
  label: string,
): Operator[] {
  const operators: Operator[] = []
  if (span)
    operators.push({
      kind: 'bin',
      field: '_time',
      as: '_time',
      buckets: { span },
    })
  if (fillNull !== undefined && by.length)
    operators.push({ kind: 'fillnull', value: fillNull, fields: by })
  const account = { label, notes: [] }
  operators.push({ kind: 'stats', aggregates, by, account })
  return operators
}
