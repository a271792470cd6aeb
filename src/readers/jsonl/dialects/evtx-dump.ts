// Windows events as evtx_dump and chainsaw write them: the XML tree as JSON, attributes below `#attributes` or beside their
// element (`Provider_attributes`), or as xmltodict does it (`@Name`).
import type { Value } from '../../../base/record.ts'

import type { Column, Derive, Lookup } from '../../flat/shapes.ts'
import {
  bracedGuid,
  isRewritten,
  systemName,
  systemValue,
} from '../../system-part.ts'
import { at, type Dialect, type Mapping, type Names } from '../dialect.ts'
import { windowsProvenance } from './windows-names.ts'

export const evtxDump: Dialect = {
  name: 'evtx_dump JSON',
  recognises: (names) =>
    (names.has('Event.System.EventID') ||
      names.has('Event.System.EventID.#text')) &&
    !hasPairs(names),
  plan: mappingOf,
}

/** xmltodict and its kin keep each element of the data with its name inside: their values have to be looked at. */
function hasPairs(names: Names): boolean {
  return names.list.some((n) =>
    /^Event\.EventData\.Data(?:$|\.(?:@_?|-|_|#attributes\.|\$\.|_attributes\.)Name$)/.test(
      n,
    ),
  )
}

/** `param1` … of data without names; `Data` holds them all. */
const maxParams = 32

function mappingOf(names: Names): Mapping {
  const system: Column[] = []
  const rest: Column[] = []
  names.list.forEach((name, i) => {
    const column = columnOf(name, at(i), i)
    if (!column) return
    const isSystem = name.startsWith('Event.System.')
    for (const c of Array.isArray(column) ? column : [column]) {
      if (isSystem) system.push(c)
      else rest.push(c)
    }
  })
  const own = new Map<string, Derive>()
  for (const { name, from } of system) {
    own.set(name, typeof from === 'number' ? at(from) : from)
  }
  // The System part keeps its names; event data of the same name go by `EventData_Channel`.
  const data = rest.map((c) =>
    own.has(c.name) ? { ...c, name: `EventData_${c.name}` } : c,
  )
  return {
    kind: 'mapping',
    columns: [...system, ...data],
    provenance: windowsProvenance(own),
  }
}

function columnOf(
  name: string,
  value: Derive,
  i: number,
): Column | Column[] | undefined {
  const parts = plainPath(name)
  if (parts[0] !== 'Event') return { name, from: i }
  if (isNamespace(parts)) return undefined
  const section = parts[1] ?? ''
  const path = parts.slice(2)
  if (section === 'System') return systemColumn(path, value, i)
  // `EventData: null`: an element without anything in it.
  if (path.length === 0) return undefined
  if (section === 'EventData') {
    if (path.length === 1 && path[0] === 'Data') return unnamed(value)
    // Some libraries make one object of all the named elements: `Data: {"Image": …}`.
    const [first, ...rest] = path
    const isNamed = first === 'Data' && !rest[0]!.startsWith('@')
    return { name: plainName((isNamed ? rest : path).join('_')), from: i }
  }
  const leaf = plainName(path.at(-1)!)
  if (section === 'RenderingInfo' && leaf !== 'Message') {
    return { name: `RenderingInfo_${leaf}`, from: i }
  }
  return { name: leaf, from: i }
}

/** `Event.System.Provider.#attributes.Name` and its other spellings: Event, System, Provider, @Name. */
function plainPath(name: string): string[] {
  const parts = name
    .replace('#attributes.', '@')
    .replace('_attributes.', '.@')
    .replace('.@@', '.@')
    .split('.')
  return parts.filter((p) => p !== '#text')
}

function isNamespace(parts: readonly string[]): boolean {
  return parts.some((p) => p === '@xmlns' || p.startsWith('@xmlns:'))
}

function systemColumn(
  path: readonly string[],
  value: Derive,
  i: number,
): Column | undefined {
  const tag = path.join('_').replace('_@', '_')
  const attribute = theirOnly.get(tag)
  if (attribute) {
    return { name: attribute, from: (values) => value(values) ?? undefined }
  }
  // `Correlation: null`: the element has no attributes.
  if (onlyAttributes.has(tag) || tag === '') return undefined
  const name = systemName(tag)
  if (name === 'Provider_Guid' || name.startsWith('Correlation_')) {
    return { name, from: (values) => bracedGuid(value(values)) }
  }
  if (!isRewritten(name)) return { name, from: i }
  return { name, from: (values) => systemValue(name, value(values)) }
}

/** Elements that some write as the text of the attribute that matters. */
const theirOnly: ReadonlyMap<string, string> = new Map([
  ['Provider', 'Provider_Name'],
  ['TimeCreated', 'TimeCreated_SystemTime'],
])

const onlyAttributes: ReadonlySet<string> = new Set([
  'Correlation',
  'Execution',
  'Security',
])

function unnamed(value: Derive): Column[] {
  const listOf = (values: Lookup): readonly Value[] => {
    const v = value(values)
    if (v === undefined) return []
    return Array.isArray(v) ? v : [v as Value]
  }
  const columns: Column[] = [
    { name: 'Data', from: (values) => listOf(values).join('\n') },
  ]
  for (let n = 0; n < maxParams; n++) {
    columns.push({
      name: `param${n + 1}`,
      from: (values) => listOf(values)[n],
    })
  }
  return columns
}

function plainName(name: string): string {
  return name.replaceAll('@', '').replaceAll(/\s+/g, '')
}
