// `datamodel=` says where an event is from. Here that is a log source. Names: Splunk's Common Information Model 5.
import type { RuleLogSource } from '../../ir/rule.ts'

export interface DataModel {
  /** The data set's name, which its fields carry as a prefix. */
  readonly dataSet: string
  readonly sources: readonly RuleLogSource[]
}

const category = (...names: readonly string[]): RuleLogSource[] =>
  names.map((name) => ({ category: name }))

const models: Readonly<Record<string, DataModel>> = {
  'Endpoint.Processes': {
    dataSet: 'Processes',
    sources: category('process_creation'),
  },
  'Endpoint.Registry': {
    dataSet: 'Registry',
    sources: category(
      'registry_event',
      'registry_set',
      'registry_add',
      'registry_delete',
      'registry_rename',
    ),
  },
  'Endpoint.Filesystem': {
    dataSet: 'Filesystem',
    sources: category(
      'file_event',
      'file_change',
      'file_delete',
      'file_rename',
    ),
  },
  'Network_Traffic.All_Traffic': {
    dataSet: 'All_Traffic',
    sources: category('network_connection'),
  },
  'Network_Resolution.DNS': { dataSet: 'DNS', sources: category('dns_query') },
}

export const dataModelNames: readonly string[] = Object.keys(models)

/** `Endpoint.Processes`; `Network_Traffic` alone means its one data set. Quotes are gone already. */
export function findDataModel(name: string): DataModel | undefined {
  const wanted = name.toLowerCase()
  const exact = Object.entries(models).find(([n]) => n.toLowerCase() === wanted)
  if (exact) return exact[1]
  const within = Object.entries(models).filter(([n]) =>
    n.toLowerCase().startsWith(`${wanted}.`),
  )
  return within.length === 1 ? within[0]![1] : undefined
}
