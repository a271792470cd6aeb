// What can be switched on so that something is seen? Content: a file for each means below content/visibility. Read once, where asked.
import { join } from 'node:path'

import { parse } from 'yaml'

import { readRegularFile } from '../readers/regular-file.ts'
import { packageRoot } from './rule-files.ts'

export type Means =
  | 'sysmon'
  | 'audit-policy'
  | 'registry'
  | 'audit-rules'
  | 'eslogger'
  | 'collect'
  | 'give'

interface Common {
  readonly id: string
  readonly platform: 'windows' | 'linux' | 'macos' | 'any'
  /** What is there once it is switched on. */
  readonly what: string
  readonly cost: string
  readonly reference: string
  /** The log source of what it gives; absent: not told by it. */
  readonly service?: string
  readonly categories?: readonly string[]
  readonly ids?: readonly number[]
  /** It gives no events, but fields of those that are there. */
  readonly fills?: readonly string[]
}

export interface Subcategory {
  readonly subcategory: string
  readonly guid: string
}

export interface RegistryValue {
  readonly key: string
  readonly name: string
  readonly dword?: number
  readonly text?: string
}

/** Sysmon compares without case. */
export interface SysmonCondition {
  readonly field: string
  readonly condition: 'is' | 'contains' | 'begin with' | 'end with'
  readonly text: string
}

export type Measure = Common &
  (
    | {
        readonly means: 'sysmon'
        /** As configurations call the event. */
        readonly tag: string
        readonly keep: 'all' | 'asked'
        /** Kept besides, since edges between processes are made of them. */
        readonly joined?: readonly SysmonCondition[]
        /** Fields that are made of one that Sysmon writes: what they contain, that one does. */
        readonly holds?: Readonly<Record<string, string>>
      }
    | (Subcategory & {
        readonly means: 'audit-policy'
        readonly also?: readonly Subcategory[]
        /** Lines of PowerShell that give objects their audit entries. */
        readonly sacl?: readonly string[]
      })
    | {
        readonly means: 'registry'
        readonly values: readonly RegistryValue[]
      }
    | {
        readonly means: 'audit-rules'
        readonly lines: readonly string[]
        /** Each line stands for 32-bit programs, too. */
        readonly b32?: boolean
      }
    | {
        readonly means: 'eslogger'
        readonly event: string
        /** The version of macOS that has it first. */
        readonly from: string
      }
    | { readonly means: 'collect'; readonly channel: string }
    | { readonly means: 'give'; readonly command: string }
  )

export type MeasureOf<M extends Means> = Extract<Measure, { means: M }>

const folder = join(packageRoot, 'content', 'visibility')

/** In the order in which one is preferred to another that gives the same. */
const files = [
  'windows-logs',
  'sysmon',
  'windows-audit',
  'windows-registry',
  'linux-audit',
  'linux-logs',
  'linux-sensors',
  'macos-endpoint-security',
  'own',
]

/** In bytes, of one file. */
const maxBytes = 256 * 1024

let known: readonly Measure[] | undefined

/** Throws where the content is not what it should be: a fault of the installation. */
export function measures(): readonly Measure[] {
  known ??= files.flatMap(read)
  return known
}

function read(name: string): Measure[] {
  const file = join(folder, `${name}.yml`)
  const { measures, ...common } = parse(readRegularFile(file, maxBytes))
  if (!Array.isArray(measures)) throw new Error(`${file}: it lists no measures`)
  return measures.map((m) => {
    const measure = { ...common, ...m }
    const lacking = [...needed, ...own[measure.means as Means]].find(
      (key) => measure[key] === undefined,
    )
    if (lacking) throw new Error(`${file}: ${m.id} lacks "${lacking}"`)
    return measure
  })
}

const needed = ['id', 'means', 'platform', 'what', 'cost', 'reference']

const own: Readonly<Record<Means, readonly string[]>> = {
  sysmon: ['ids', 'tag', 'keep'],
  'audit-policy': ['ids', 'subcategory', 'guid'],
  registry: ['ids', 'values'],
  'audit-rules': ['categories', 'lines'],
  eslogger: ['event', 'from'],
  collect: ['channel'],
  give: ['categories', 'command'],
}
