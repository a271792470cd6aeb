// What is counted, so that it can be said what is rare? Seven kinds of sightings, each made of the parts that tell one from another.

export const rarityKinds = [
  'module',
  'pipe',
  'com',
  'xpc',
  'socket',
  'interpreter',
  'hour',
] as const

export type RarityKind = (typeof rarityKinds)[number]

interface KindOfSighting {
  /** The field that says whether it is rare; others begin with its name. */
  readonly field: string
  /** What a sighting is told from others by, in this order. */
  readonly parts: readonly string[]
  /** What is counted, for people. */
  readonly many: string
  /** Counted of one host alone: the last part is the host. */
  readonly ofHost: boolean
  /** With fewer than these nothing can be called rare. */
  readonly leastEvents: number
}

export const sightingKinds: Readonly<Record<RarityKind, KindOfSighting>> = {
  module: {
    field: 'RareModule',
    parts: ['module', 'signer', 'loader'],
    many: 'module loads',
    ofHost: false,
    leastEvents: 1_000,
  },
  pipe: {
    field: 'RarePipe',
    parts: ['template', 'owner'],
    many: 'pipes made',
    ofHost: false,
    leastEvents: 200,
  },
  com: {
    field: 'RareComClass',
    parts: ['class', 'server'],
    many: 'COM servers started or registered',
    ofHost: false,
    leastEvents: 100,
  },
  xpc: {
    field: 'RareXpcService',
    parts: ['service', 'team'],
    many: 'XPC connections',
    ofHost: false,
    leastEvents: 200,
  },
  socket: {
    field: 'RareSocket',
    parts: ['socket', 'program'],
    many: 'socket connections',
    ofHost: false,
    leastEvents: 200,
  },
  interpreter: {
    field: 'RareInterpreter',
    parts: ['interpreter', 'lineage', 'host'],
    many: 'process starts',
    ofHost: true,
    leastEvents: 100,
  },
  hour: {
    field: 'RareHour',
    parts: ['interpreter', 'hour', 'host'],
    many: 'process starts',
    ofHost: true,
    leastEvents: 100,
  },
}

/** Whether an interpreter runs for the first time on its host. */
export const firstField = 'FirstInterpreter'

/** Beside `RarePipe` there are `RarePipeReason` and so on; `Others`: how often its first part was seen with other parts. */
const receiptNames = ['Reason', 'Count', 'Hosts', 'Others'] as const

/** All fields that rarity fills, each with the kind that it rests on. */
export const rarityFields: ReadonlyMap<string, RarityKind> = new Map([
  ...rarityKinds.flatMap((kind) => {
    const { field } = sightingKinds[kind]
    const receipts = receiptNames.map((name) => field + name)
    return [field, ...receipts].map((name) => [name, kind] as const)
  }),
  [firstField, 'interpreter'] as const,
  [`${firstField}Reason`, 'interpreter'] as const,
  [`${firstField}Count`, 'interpreter'] as const,
])

/** Parts of a key stand behind one another; none of them holds this. */
const between = '\0'

export function keyOfParts(parts: readonly string[]): string {
  return parts.join(between)
}

export function partsOfKey(key: string): readonly string[] {
  return key.split(between)
}

/** Of a part that the event does not tell, or how one begins that is not told whole: then it cannot be compared. */
export const notKnown = 'not known'

export function isKnown(part: string): boolean {
  return !part.startsWith(notKnown)
}
