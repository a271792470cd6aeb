// A table's entry under a key that comes from input.

/** undefined for keys that the table only inherits: a log may well hold a syscall named `constructor`. */
export function entryOf<T>(
  table: Readonly<Record<string, T>>,
  key: string,
): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
