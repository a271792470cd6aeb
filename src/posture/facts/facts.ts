// What is known of a host? Everything that any source tells is a value with a name below a key, as in a registry: `HKLM\SOFTWARE\...!Name`,
// `sysctl!kernel.yama.ptrace_scope`, `container\web!Privileged`. So a check is written in one way whatever told it, and what a source covers
// can be told apart from what nobody looked at: only below a covered key does a missing value mean that it is not set.

/** Below `HKU`, in place of a security identifier: whoever exported the registry. */
export const currentUser = 'current user'

export type FactValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Uint8Array

/** Where it is written. */
export interface Whence {
  readonly file: string
  /** In bytes, of formats where a value has a place of its own. */
  readonly offset?: number
  /** 1-based. */
  readonly line?: number
}

export interface Fact {
  /** As written. */
  readonly key: string
  readonly name: string
  readonly value: FactValue
  /** Of the registry: REG_DWORD, REG_SZ, ... */
  readonly type?: string
  readonly whence: Whence
}

export type Platform = 'windows' | 'linux' | 'macos'

export const platforms: readonly Platform[] = ['windows', 'linux', 'macos']

interface Key {
  readonly name: string
  readonly children: Map<string, Key>
  readonly values: Map<string, Fact>
  covered?: string
}

/** What `{user}` and the like stand for in one place. */
export type Binding = Readonly<Record<string, string>>

export interface Found {
  readonly binding: Binding
  /** As written. */
  readonly key: string
}

/** What one run remembers, in bytes: keys that checks ask about, of which hosts have some thousand, and all of small dumps. */
const maxFactBytes = 48 * 1024 * 1024
/** Of a value, and of a member of a list: its places in tables. */
const bytesOfFact = 256
/** Of a key, which has tables of its own. */
const bytesOfKey = 768
/** Of a UTF-16 unit; names are kept as they are written and folded. */
const bytesOfUnit = 2
/** Of one list. */
const maxMembers = 1000

export class Facts {
  readonly #root = newKey('')
  readonly #platforms = new Set<Platform>()
  readonly #wanted: readonly (readonly string[])[] | undefined
  #count = 0
  #bytes = 0
  #lost = 0

  /** `wanted`: patterns of keys that checks ask about; all, where none are given. */
  constructor(wanted?: readonly string[]) {
    this.#wanted = wanted?.map((p) => segmentsOf(p.toLowerCase()))
  }

  /** Whether a key that checks ask about is this one, above or below it: a hive holds a million others. */
  leadsSomewhere(key: string): boolean {
    if (!this.#wanted) return true
    const segments = segmentsOf(key.toLowerCase())
    return this.#wanted.some((wanted) =>
      segments.every(
        (s, i) =>
          i < wanted.length && (wanted[i] === s || variableOf(wanted[i]!)),
      ),
    )
  }

  /** Facts beyond the bound. */
  get lost(): number {
    return this.#lost
  }

  get count(): number {
    return this.#count
  }

  of(platform: Platform): void {
    this.#platforms.add(platform)
  }

  tellsOf(platform: Platform): boolean {
    return this.#platforms.has(platform)
  }

  /** The first that is told of a name stays: sources are read in the order given. */
  add(
    key: string,
    name: string,
    value: FactValue,
    whence: Whence,
    type?: string,
  ): void {
    if (!this.#hasRoom()) return
    const { values } = this.#make(key)
    const folded = name.toLowerCase()
    if (values.has(folded)) return
    this.#count++
    this.#bytes += bytesOfFact + sizeOf(value)
    this.#bytes += bytesOfUnit * (key.length + 2 * name.length)
    const own = { key: detached(key), name: detached(name) }
    values.set(folded, {
      ...own,
      value: ownValue(value),
      whence,
      ...(type && { type }),
    })
  }

  #hasRoom(): boolean {
    if (this.#bytes < maxFactBytes) return true
    this.#lost++
    return false
  }

  /** A list that several places extend; it is there, and empty, once it was begun. */
  extend(
    key: string,
    name: string,
    members: readonly string[],
    whence: Whence,
  ): void {
    if (!this.#hasRoom()) return
    const { values } = this.#make(key)
    const folded = name.toLowerCase()
    const before = values.get(folded)
    const isList = Array.isArray(before?.value)
    // Made below, and nobody else's.
    const list = isList ? (before!.value as string[]) : []
    const fitting = members.slice(0, Math.max(0, maxMembers - list.length))
    this.#lost += members.length - fitting.length
    this.#bytes += bytesOfFact + sizeOf(fitting)
    if (!before) this.#bytes += bytesOfUnit * (key.length + 2 * name.length)
    // The first place that adds something is the one to look at.
    const isFirst = list.length === 0
    for (const member of fitting) list.push(detached(member))
    if (before && isList && !isFirst) return
    const own = { key: detached(key), name: detached(name) }
    values.set(folded, { ...own, value: list, whence })
  }

  addKey(key: string): void {
    if (this.#hasRoom()) this.#make(key)
  }

  /** All that is below this key is told by this file. */
  cover(key: string, file: string): void {
    this.#make(key).covered ??= file
  }

  at(key: string, name: string): Fact | undefined {
    return this.#walk(key).found?.values.get(name.toLowerCase())
  }

  /** The file that would tell, if something were below this key. */
  coveredBy(key: string): string | undefined {
    return this.#walk(key).covered
  }

  /** Keys of a pattern: a segment may be `{name}`, which stands for any one. */
  *matching(pattern: string): Generator<Found> {
    yield* matchingBelow(this.#root, segmentsOf(pattern), 0, {}, '')
  }

  /** Whether a key of this pattern, if there were one, would be known: the file that tells. */
  patternCoveredBy(pattern: string): string | undefined {
    return coverBelow(this.#root, segmentsOf(pattern), 0)
  }

  *valuesOf(key: string): Generator<Fact> {
    yield* this.#walk(key).found?.values.values() ?? []
  }

  #make(key: string): Key {
    let at = this.#root
    for (const segment of segmentsOf(key)) {
      const folded = segment.toLowerCase()
      let next = at.children.get(folded)
      if (!next) {
        next = newKey(detached(segment))
        at.children.set(detached(folded), next)
        this.#count++
        this.#bytes += bytesOfKey + 2 * bytesOfUnit * segment.length
      }
      at = next
    }
    return at
  }

  #walk(key: string): { found?: Key; covered?: string } {
    let at: Key | undefined = this.#root
    let covered = at.covered
    for (const segment of segmentsOf(key)) {
      at = at.children.get(segment.toLowerCase())
      if (!at) break
      covered ??= at.covered
    }
    return { ...(at && { found: at }), ...(covered && { covered }) }
  }
}

function sizeOf(value: FactValue): number {
  if (typeof value === 'string') return bytesOfUnit * value.length
  if (value instanceof Uint8Array) return value.length
  if (typeof value !== 'object') return 0
  let bytes = 0
  for (const part of value) bytes += bytesOfFact + bytesOfUnit * part.length
  return bytes
}

/** Without the dump of which it is a part: that is let go when it was read. */
function ownValue(value: FactValue): FactValue {
  if (typeof value === 'string') return detached(value)
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  return typeof value === 'object' ? value.map(detached) : value
}

/** Shorter pieces of a text are copies anyway, in UTF-16 units. */
const shortUnits = 13

function detached(text: string): string {
  return text.length < shortUnits
    ? text
    : Buffer.from(text, 'utf16le').toString('utf16le')
}

function newKey(name: string): Key {
  return { name, children: new Map(), values: new Map() }
}

function segmentsOf(key: string): string[] {
  return key.split('\\').filter((s) => s !== '')
}

function* matchingBelow(
  at: Key,
  segments: readonly string[],
  depth: number,
  binding: Binding,
  path: string,
): Generator<Found> {
  const segment = segments[depth]
  if (segment === undefined) {
    yield { binding, key: path }
    return
  }
  const variable = variableOf(segment)
  const nexts = variable
    ? at.children.values()
    : [at.children.get(segment.toLowerCase())]
  for (const next of nexts) {
    if (!next) continue
    const bound = variable ? { ...binding, [variable]: next.name } : binding
    const below = path ? `${path}\\${next.name}` : next.name
    yield* matchingBelow(next, segments, depth + 1, bound, below)
  }
}

function coverBelow(
  at: Key,
  segments: readonly string[],
  depth: number,
): string | undefined {
  if (at.covered) return at.covered
  const segment = segments[depth]
  if (segment === undefined) return undefined
  const nexts = variableOf(segment)
    ? at.children.values()
    : [at.children.get(segment.toLowerCase())]
  for (const next of nexts) {
    const covered = next && coverBelow(next, segments, depth + 1)
    if (covered) return covered
  }
  return undefined
}

function variableOf(segment: string): string | undefined {
  return /^\{([a-z]+)\}$/.exec(segment)?.[1]
}
