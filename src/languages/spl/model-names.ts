// `Processes.process_name`, `All_Changes.Account_Management.src_user`, `Web.Web.url`: which data set's field is it?
import { type CimDataSet, cimDataSets, cimModels } from './cim.ts'

export interface ModelField {
  readonly dataSet: CimDataSet
  readonly field: string
}

/** Data sets are named from the model or the root down; the last of them has the field. undefined: none is named. */
export function readModelField(name: string): ModelField | undefined {
  const parts = name.split('.')
  let dataSet: CimDataSet | undefined
  let at = 0
  for (; at < parts.length - 1; at++) {
    const next = cimDataSets.get(parts[at]!)
    if (!next && !(at === 0 && cimModels.has(parts[at]!))) break
    dataSet = next ?? dataSet
  }
  return dataSet && { dataSet, field: parts.slice(at).join('.') }
}

/** The data set and those that it is a part of, itself first. */
export function lineage(set: CimDataSet): CimDataSet[] {
  const above =
    set.parent === undefined ? undefined : cimDataSets.get(set.parent)
  return above ? [set, ...lineage(above)] : [set]
}

/** Those that a search over the data set reads as well: what it is a part of, and its parts. */
export function relatives(set: CimDataSet): CimDataSet[] {
  const parts = [...cimDataSets.values()].filter((s) =>
    lineage(s).includes(set),
  )
  return [...new Set([...lineage(set), ...parts])]
}

/** The fields that an event of the data set may have: a part's own are asked by the whole's name, too. */
export function fieldsOf(set: CimDataSet): Set<string> {
  return new Set(relatives(set).flatMap((s) => [...s.fields]))
}

/** What the field is where the source has no value; undefined: absent. */
export function fillOf({ dataSet, field }: ModelField): string | undefined {
  for (const set of relatives(dataSet)) {
    const value = set.filled.get(field)
    if (value !== undefined) return value
  }
  return undefined
}
