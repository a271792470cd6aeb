// Does the data model that a search reads have the name? A data model's names are known and closed, so that one which it does not have is a
// mistake, or a field that somebody added to the model; the first is refused, the second is told and asked of the events.
import { mistyped } from '../../../base/did-you-mean.ts'

import { type CimDataSet, cimDataSets, cimModels } from '../cim.ts'
import {
  fieldsOf,
  type ModelField,
  readModelField,
  relatives,
} from '../model-names.ts'
import type { SearchLint } from './search-lint.ts'

/** What a search over a data model may name. */
export interface ModelScope {
  /** As it was written. */
  readonly model: string
  readonly dataSets: readonly CimDataSet[]
  /** Whether there are no names but the model's (`tstats`). */
  readonly isClosed: boolean
}

/** undefined: the model is not known. */
export function scopeOf(
  model: string,
  isClosed: boolean,
): ModelScope | undefined {
  const last = model.toLowerCase().split('.').at(-1)
  const all = [...cimDataSets.values()]
  const whole = all.filter((s) => s.model.toLowerCase() === last)
  const named = all.filter((s) => s.name.toLowerCase() === last)
  const dataSets = whole.length ? whole : named.flatMap(relatives)
  return dataSets.length ? { model, dataSets, isClosed } : undefined
}

export function modelFieldLint(
  name: string,
  scope: ModelScope,
  at: number,
): SearchLint | undefined {
  const cut = name.indexOf('.')
  if (cut <= 0) return undefined
  const asked = readModelField(name)
  if (!asked) return otherName(name, name.slice(0, cut), scope, at)
  const { dataSet, field } = asked
  if (!scope.dataSets.includes(dataSet))
    return refused(
      scope,
      `data set "${dataSet.name}"`,
      at,
      having(field, scope),
    )
  const fields = fieldsOf(dataSet)
  if (field.includes('*') || fields.has(field)) return undefined
  const near = mistyped(field, fields).map((f) => ofSet(asked, f, name))
  return near.length
    ? refused(scope, `field "${name}"`, at, near)
    : added(scope, name, at)
}

/** Its first part is no data set of any model that is known. */
function otherName(
  name: string,
  head: string,
  scope: ModelScope,
  at: number,
): SearchLint | undefined {
  const field = name.slice(head.length + 1)
  if (cimModels.has(head))
    return refused(scope, `data set "${head}"`, at, having(field, scope))
  const sets = new Map(scope.dataSets.map((s) => [s.name, s]))
  const near = mistyped(head, sets.keys()).map((set) => {
    const fields = fieldsOf(sets.get(set)!)
    const meant = fields.has(field) ? field : mistyped(field, fields)[0]
    return `${set}.${meant ?? field}`
  })
  if (near.length) return refused(scope, `data set "${head}"`, at, near)
  return scope.isClosed ? added(scope, name, at) : undefined
}

function ofSet({ field }: ModelField, near: string, name: string): string {
  return name.slice(0, -field.length) + near
}

/** The same field where the model has it. */
function having(field: string, { dataSets }: ModelScope): string[] {
  const sets = dataSets.filter((s) => field === '*' || s.fields.has(field))
  return sets.slice(0, 3).map((s) => `${s.name}.${field}`)
}

function refused(
  { model, dataSets }: ModelScope,
  what: string,
  at: number,
  meant: readonly string[],
): SearchLint {
  return {
    code: 'P056',
    severity: 'error',
    message: `the data model ${model} has no ${what}`,
    at,
    hint: meant.length
      ? `did you mean ${meant.map((m) => `"${m}"`).join(' or ')}?`
      : `it has ${dataSets.map((s) => s.name).join(', ')}`,
  }
}

function added({ model }: ModelScope, name: string, at: number): SearchLint {
  return {
    code: 'P057',
    message: `the data model ${model} has no "${name}": it is looked for among the events' own fields`,
    at,
    hint: 'for a field that was added to the model, say under "fields" in front matter where events have it',
  }
}
