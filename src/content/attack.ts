// Names of the extract of ATT&CK that the content refers to.
import { join } from 'node:path'

import { parse } from 'yaml'

import { readRegularFile } from '../readers/regular-file.ts'
import { packageRoot } from './rule-files.ts'

/** A data component: its id in ATT&CK 18, its name in 17. */
export interface Component {
  readonly id: string
  readonly name: string
}

interface Extract {
  readonly components: readonly Component[]
  /** Techniques by id. */
  readonly names: ReadonlyMap<string, string>
}

/** In bytes. */
const maxBytes = 256 * 1024

let known: Extract | undefined

export function components(): readonly Component[] {
  known ??= read()
  return known.components
}

/** Techniques by id. */
export function techniqueNames(): ReadonlyMap<string, string> {
  known ??= read()
  return known.names
}

function read(): Extract {
  const file = join(packageRoot, 'content', 'knowledge', 'attack.yml')
  const { components, techniques, names } = parse(
    readRegularFile(file, maxBytes),
  ) as {
    components: readonly { readonly v17: string; readonly v18: string }[]
    techniques: Readonly<Record<string, { readonly name: string }>>
    names: Readonly<Record<string, string>>
  }
  const detailed = Object.entries(techniques).map(
    ([id, { name }]) => [id, name] as const,
  )
  return {
    components: components.map(({ v17, v18 }) => ({
      id: v18,
      name: v17.replace(/ \(DS\d+\)$/, ''),
    })),
    names: new Map([...Object.entries(names), ...detailed]),
  }
}
