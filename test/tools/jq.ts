// JSON as jq prints it.
/** As `jq -C` writes it. */
export function coloured(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    /[{}[\],:]|"(?:[^"\\]|\\.)*"|\d+/g,
    (token) => `\x1b[0;32m${token}\x1b[0m`,
  )
}

interface Entry {
  readonly key: string
  readonly value: unknown
}

/** Of `to_entries`. */
export function entries(object: object): Entry[] {
  return Object.entries(object).map(([key, value]) => ({
    key,
    value: typeof value === 'object' && value ? entries(value) : value,
  }))
}
