// A property list is one of these; dates stay text, as nothing here reckons with them.
export type Plist =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly Plist[]
  | PlistMap

export interface PlistMap {
  readonly [key: string]: Plist
}

export function isPlistMap(value: Plist | undefined): value is PlistMap {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  )
}

/** A mapping, whatever its keys are called. */
export function plistMap(pairs: Iterable<readonly [string, Plist]>): PlistMap {
  return Object.fromEntries(pairs)
}
