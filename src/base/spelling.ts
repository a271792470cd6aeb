// A name as everybody spells it: `event_time`, `eventTime`, `@EventTime`.

/** Letters and digits alone, in lower case. */
export function spellingOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
