// What a YAML text holds, free of syntax: scalars, lists, and maps that keep their order.

export type YamlScalar = string | number | bigint | boolean | null
export type YamlMap = ReadonlyMap<string, YamlValue>
export type YamlValue = YamlScalar | readonly YamlValue[] | YamlMap

/** Levels of lists and mappings; rules have 6. */
export const maxNesting = 64

export function isMap(value: YamlValue | undefined): value is YamlMap {
  return value instanceof Map
}

export function isList(
  value: YamlValue | undefined,
): value is readonly YamlValue[] {
  return Array.isArray(value)
}

export function isScalar(value: YamlValue | undefined): value is YamlScalar {
  return value !== undefined && (value === null || typeof value !== 'object')
}

/** In an author's words: `a list`, `the number 5`, `nothing`. */
export function describe(value: YamlValue | undefined): string {
  if (value === undefined || value === null) return 'nothing'
  if (isMap(value)) return 'a mapping'
  if (isList(value)) return 'a list'
  if (typeof value === 'string') return `the text ${quote(value)}`
  if (typeof value === 'boolean') return `the boolean ${value}`
  return `the number ${value}`
}

const maxQuoted = 60

export function keyText(key: unknown): string {
  return key === null ? '' : String(key)
}

/** In double quotes, cut so that a message stays one line. */
export function quote(text: string): string {
  const cut = text.length > maxQuoted ? `${text.slice(0, maxQuoted)}...` : text
  return JSON.stringify(cut)
}
