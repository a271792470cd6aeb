// A row of the schema.

export type FieldType =
  | 'text'
  | 'path'
  | 'address'
  | 'number'
  | 'boolean'
  /** Several values, of which any may match. */
  | 'list'

/** How other vocabularies call a field; in each several names, parted by blanks. */
export interface OtherNames {
  /** Splunk's Common Information Model and its like: the value as it is. */
  readonly cim?: string
  /** As `cim`, of the last part of the path. */
  readonly cimBase?: string
  /** As `cim`, of the path without its last part. */
  readonly cimDir?: string
  /** Splunk's add-ons, which keep the provider's words. */
  readonly addOn?: string
  /** Elastic's common schema, in order of preference. */
  readonly ecs?: string
  /** Fields of the sources themselves that it is made of, where they are called otherwise. */
  readonly raw?: string
}

export interface FieldRow extends OtherNames {
  readonly group: string
  readonly type: FieldType
  readonly meaning: string
  readonly example: string | number | boolean
  /** Who fills it, parted by blanks; `ecs` stands for Elastic's common schema from any agent. */
  readonly sources: string
}

export function field(
  type: FieldType,
  meaning: string,
  example: FieldRow['example'],
  sources: string,
  names: OtherNames = {},
): Omit<FieldRow, 'group'> {
  return { type, meaning, example, sources, ...names }
}

/** Rows of one heading. */
export function group<K extends string>(
  name: string,
  rows: Readonly<Record<K, Omit<FieldRow, 'group'>>>,
): Readonly<Record<K, FieldRow>> {
  const named = Object.entries<Omit<FieldRow, 'group'>>(rows).map(
    ([field, row]) => [field, { group: name, ...row }] as const,
  )
  return Object.fromEntries(named) as Record<K, FieldRow>
}

/** The names of a text in which blanks part them. */
export function namesIn(list: string | undefined): readonly string[] {
  return list ? list.split(' ') : []
}
