// The corpus of scripts that this project made: languages and dialects, pages and files of settings, each plain, obfuscated and benign.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { readScript, type ScriptReading } from '../../src/scripts/index.ts'

const folder = join('test', 'scripts', 'corpus')

export interface CorpusScript {
  readonly name: string
  readonly bytes: Buffer
}

export const corpus: readonly CorpusScript[] = readdirSync(folder)
  .sort()
  .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))

export function readingOf({ name, bytes }: CorpusScript): ScriptReading {
  const reading = readScript(bytes, { name })
  if (!reading) throw new Error(`no language is told of ${name}`)
  return reading
}
