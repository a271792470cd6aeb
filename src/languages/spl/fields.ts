// Splunk's names for fields, and where an event has them. Three vocabularies: the Windows and Sysmon add-ons' own names,
// the Common Information Model's (CIM), and the names that the published analytics use and no source has. The first two are
// made of the schema; what stands here is what it cannot say.
// Source of the published names: the analytics of ATT&CK T1559.
import { type OtherNames, namesIn } from '../../event/schema/field.ts'
import { schema } from '../../event/schema/index.ts'
import { otherFields } from '../../event/sources/other-fields.ts'

import type {
  DerivedCase,
  FieldSource,
  Resolution,
} from '../../ir/field-source.ts'
import type { Predicate } from '../../ir/predicate.ts'

import { addOnFields, addOnNotes } from './add-on-fields.ts'
import { cimDataSets } from './cim.ts'
import { type DataModel, dataSets } from './data-models.ts'
import {
  fieldsOf,
  fillOf,
  lineage,
  type ModelField,
  readModelField,
} from './model-names.ts'

/** A place in an event: a field's name, `basename(Field)`, `dirname(Field)`, or a text in quotes. */
export function parsePlace(text: string): FieldSource | undefined {
  const constant = /^"(.*)"$/s.exec(text)
  if (constant) return { kind: 'constant', value: constant[1]! }
  const part = /^(basename|dirname)\(([^()]+)\)$/.exec(text)
  if (part)
    return { kind: part[1] as 'basename' | 'dirname', name: part[2]!.trim() }
  return /^[^()"]+$/.test(text)
    ? { kind: 'field', name: text.trim() }
    : undefined
}

/** What the schema cannot say: names whose places have an order of their own. Places in order of preference, parted by bars. */
const special: Readonly<Record<string, string>> = {
  // Who acted goes before whom it was done to, and names before ids.
  user: 'User|SourceUser|SubjectUserName|TargetUserName|UserId',
  user_name: 'User|SourceUser|SubjectUserName|TargetUserName',
  // Of a start on behalf of another, he who asked for it.
  src_user: 'SourceUser|SubjectUserName|User',
  // Of a connection both ends, by name where that is known, as in the data model; of anything else where it happened.
  src: 'SourceHostname|SourceIp|IpAddress|id.orig_h',
  dest: 'DestinationHostname|DestinationIp|id.resp_h|Computer',
  // A number that a record has under both names is the event's: so readers know which events are asked for.
  EventCode: 'EventID|EventCode',
  // A collector's own host is no host of the event.
  host: 'Computer',
  // What Splunk keeps of a record's own fields whose names it takes for itself.
  extracted_host: 'host',
  extracted_source: 'source',
  extracted_sourcetype: 'sourcetype',
  extracted__time: '_time',
}

/** Of these a field of the same name is another thing. */
const asGiven = /^(?:host|extracted_.*)$/

const places = new Map<string, Resolution>()

function place(names: string | undefined, source: FieldSource) {
  for (const name of namesIn(names)) {
    places.set(name, [...(places.get(name) ?? []), source])
  }
}

function ownFirst(name: string, found: Resolution): Resolution {
  const hasOwn = found.some((p) => p.kind === 'field' && p.name === name)
  return hasOwn ? found : [{ kind: 'field', name }, ...found]
}

function placeValue(fields: Fields, form: 'cim' | 'cimBase' | 'cimDir') {
  const kind = { cim: 'field', cimBase: 'basename', cimDir: 'dirname' } as const
  for (const [name, names] of fields) {
    place(names[form], { kind: kind[form], name })
  }
}

type Fields = readonly (readonly [name: string, names: OtherNames])[]

// A canonical field goes before what a provider has besides; an add-on's name means the provider's own field first.
const canonical: Fields = Object.entries(schema)
const others: Fields = Object.entries(otherFields)
for (const fields of [canonical, others]) {
  for (const form of ['cim', 'cimBase', 'cimDir'] as const) {
    placeValue(fields, form)
  }
}
for (const [name, { addOn }] of [...others, ...canonical]) {
  place(addOn, { kind: 'field', name })
}
// A field that the event has is found by its name.
for (const [name, found] of places) places.set(name, ownFirst(name, found))
for (const [name, list] of Object.entries(special)) {
  const found = parsePlaces(list)
  places.set(name, asGiven.test(name) ? found : ownFirst(name, found))
}

/** Which rights over a process let one process act within another: duplicate its handles, write its memory, start a thread. */
const actingRights = ['DUP_HANDLE', 'VM_OPERATION', 'VM_WRITE', 'CREATE_THREAD']

/** Documented derivations of names that the published analytics use and no source has. */
const derivations: Readonly<Record<string, readonly DerivedCase[]>> = {
  ...addOnFields,
  access_type: [
    { value: 'IPC', when: anyText('AccessRights', actingRights) },
    { value: 'other', when: present('AccessRights') },
  ],
  process_privilege: [
    {
      value: 'system',
      when: anyText('IntegrityLevel', ['System', 'Protected']),
    },
    { value: 'high', when: anyText('IntegrityLevel', ['High']) },
    {
      value: 'medium',
      when: anyText('IntegrityLevel', ['Medium', 'MediumPlus']),
    },
    {
      value: 'low',
      when: anyText('IntegrityLevel', ['Low', 'Untrusted', 'AppContainer']),
    },
    { value: 'system', when: serviceAccount('SourceUser') },
    {
      value: 'system',
      when: allAbsent(['SourceUser'], serviceAccount('User')),
    },
    { value: 'system', when: systemProcess('SourceImage') },
    { value: 'system', when: numberIs('EffectiveUserId', 0) },
    { value: 'medium', when: present('EffectiveUserId') },
    { value: 'medium', when: present('SourceUser') },
  ],
}

/** What a derived name means, for messages and documents. */
export const derivationNotes: Readonly<Record<string, string>> = {
  ...addOnNotes,
  access_type:
    '"access_type" is in no source: derived from AccessRights, "IPC" where they hold DUP_HANDLE, VM_OPERATION, VM_WRITE or CREATE_THREAD',
  process_privilege:
    '"process_privilege" is in no source: derived from IntegrityLevel, else from the account (service accounts and uid 0 are system, others medium), else from the image (the system\'s own processes); absent where none of these is known',
}

function anyText(field: string, values: readonly string[]): Predicate {
  const of = values.map(
    (v): Predicate => ({
      kind: 'text',
      field,
      pattern: [v],
      cased: false,
    }),
  )
  return of.length === 1 ? of[0]! : { kind: 'or', of }
}

function present(field: string): Predicate {
  return { kind: 'not', of: { kind: 'null', field } }
}

function allAbsent(fields: readonly string[], then: Predicate): Predicate {
  return {
    kind: 'and',
    of: [...fields.map((field): Predicate => ({ kind: 'null', field })), then],
  }
}

function numberIs(field: string, value: number): Predicate {
  return { kind: 'number', field, op: 'eq', value }
}

// Well-known accounts of services: Microsoft Learn, "Service user accounts".
function serviceAccount(field: string): Predicate {
  return anyText(field, [
    'NT AUTHORITY\\SYSTEM',
    'NT AUTHORITY\\LOCAL SERVICE',
    'NT AUTHORITY\\NETWORK SERVICE',
    'SYSTEM',
    'LOCAL SERVICE',
    'NETWORK SERVICE',
    'S-1-5-18',
    'S-1-5-19',
    'S-1-5-20',
    'root',
  ])
}

// They run as LocalSystem and have no other form: Windows Internals, "System processes".
function systemProcess(field: string): Predicate {
  const names = ['smss', 'csrss', 'wininit', 'winlogon', 'services', 'lsass']
  return anyText(
    field,
    names.map((n) => `C:\\Windows\\System32\\${n}.exe`),
  )
}

/** `Processes.process_name` or `process_name`: the places, best first. undefined: the name is the event's own. */
export function resolveField(
  name: string,
  own: FieldMap,
): Resolution | undefined {
  const given = own.get(name)
  if (given) return given
  const asked = readModelField(name)
  return asked ? inDataModel(asked, name, own) : fromTable(name)
}

// The model writes `unknown` where a source has no value of most of its fields, so that no row falls out of a `by`. A name that it does
// not have may still be the event's own, and no value is made up for it.
function inDataModel(
  asked: ModelField,
  whole: string,
  own: FieldMap,
): Resolution {
  const { field } = asked
  const model = dataSets.get(lineage(asked.dataSet).at(-1)!.name)
  const found = own.get(field) ??
    (model && modelFields(model).get(field)) ??
    fromTable(field) ?? [{ kind: 'field', name: field } as const]
  const fill = fillOf(asked)
  if (fill !== undefined) return [...found, { kind: 'constant', value: fill }]
  if (fieldsOf(asked.dataSet).has(field)) return found
  return [...found, { kind: 'field', name: whole }]
}

/** Under their names without the data set's, as `from` gives its events: all that mean something of their own there. */
export function bareFields(model: DataModel): FieldMap {
  const dataSet = cimDataSets.get(model.dataSet)
  const fields = new Map(modelFields(model))
  if (!dataSet) return fields
  for (const field of fieldsOf(dataSet)) {
    if (fillOf({ dataSet, field }) === undefined) continue
    fields.set(field, inDataModel({ dataSet, field }, field, new Map()))
  }
  return fields
}

/** Names that mean other things in a model's events than elsewhere. */
function modelFields({ fields = {} }: DataModel): FieldMap {
  return new Map(
    Object.entries(fields).map(([name, places]) => [
      name,
      ownFirst(
        name,
        typeof places === 'string'
          ? parsePlaces(places)
          : [{ kind: 'cases', cases: places } as const],
      ),
    ]),
  )
}

function fromTable(name: string): Resolution | undefined {
  const cases = Object.hasOwn(derivations, name) ? derivations[name] : undefined
  if (cases)
    return [
      { kind: 'field', name },
      { kind: 'cases', cases },
    ]
  return places.get(name)
}

function parsePlaces(list: string): Resolution {
  return list.split('|').flatMap((p) => parsePlace(p) ?? [])
}

/** The caller's own places for names (front matter's `fields`). */
export type FieldMap = ReadonlyMap<string, Resolution>

/** Every name that this vocabulary knows, for suggestions. */
export const knownNames: readonly string[] = [
  ...places.keys(),
  ...Object.keys(derivations),
]

/** The name that the vocabulary prefers for `process_name`-like fields: does it hold a path, or the last part of one? */
export function isPathField(r: Resolution): boolean {
  const [own] = r.filter((p) => p.kind === 'field' && pathFields.has(p.name))
  return own !== undefined && !r.some((p) => p.kind === 'basename')
}

const pathFields = new Set(
  [...Object.entries(schema), ...Object.entries(otherFields)]
    .filter(([, row]) => row.type === 'path')
    .map(([name]) => name),
)

export function isBasenameField(r: Resolution): boolean {
  return r.some((p) => p.kind === 'basename')
}
