// Names of the extract of ATT&CK that the content refers to.
import { join } from 'node:path'

import { parse } from 'yaml'

import { readRegularFile } from './regular-file.ts'
import { packageRoot } from './rule-files.ts'

/** A data component: its id in ATT&CK 18, its name in 17. */
export interface Component {
  readonly id: string
  readonly name: string
}

/** In bytes. */
const maxBytes = 256 * 1024

let known: readonly Component[] | undefined

export function components(): readonly Component[] {
  known ??= read()
  return known
}

function read(): readonly Component[] {
  const file = join(packageRoot, 'content', 'knowledge', 'attack.yml')
  const { components } = parse(readRegularFile(file, maxBytes)) as {
    components: readonly { readonly v17: string; readonly v18: string }[]
  }
  return components.map(({ v17, v18 }) => ({
    id: v18,
    name: v17.replace(/ \(DS\d+\)$/, ''),
  }))
}
