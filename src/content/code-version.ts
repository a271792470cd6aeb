// Which code gives rules their meaning? Compiled rules are of no use to any other, and nobody has to remember that: the
// answer is a hash of the very files, as they are compiled or, in development, as they are written.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { packageRoot } from './rule-files.ts'

/** All that a language may import, and what is kept of a rule. */
const folders = [
  'base',
  'event',
  'ir',
  'meaning',
  'rule-text',
  'lint',
  'languages',
  'content',
]

/** Put there where the code is bundled: what `codeHash` gave of the files that went into it. */
declare const bundledCode: string | undefined

let known: Promise<string | undefined> | undefined

/** Worked out once a process. undefined: the code cannot be read as files, so nobody can say. */
export function codeVersion(): Promise<string | undefined> {
  known ??= versionOfCode().catch(() => undefined)
  return known
}

async function versionOfCode(): Promise<string> {
  const code =
    typeof bundledCode === 'string' ? bundledCode : await hashOfFiles()
  return createHash('sha256').update(process.version).update(code).digest('hex')
}

function hashOfFiles(): Promise<string> {
  const self = fileURLToPath(import.meta.url)
  return codeHash(join(self, '..', '..'), extname(self))
}

/** Of the code in a folder that gives rules their meaning. */
export async function codeHash(
  source: string,
  extension: string,
): Promise<string> {
  const files = await Promise.all(
    folders.map((folder) => codeFiles(join(source, folder), extension)),
  )
  // The package names its own version and those of the libraries that read YAML and expressions.
  const paths = [join(packageRoot, 'package.json'), ...files.flat()]
  const texts = await Promise.all(
    paths.map((path) => promisify(readFile)(path)),
  )
  const hash = createHash('sha256')
  for (const [i, text] of texts.entries()) {
    hash.update(`\0${paths[i]!.slice(packageRoot.length)}\0`).update(text)
  }
  return hash.digest('hex')
}

async function codeFiles(dir: string, extension: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true })
  return names
    .filter((name) => name.endsWith(extension) && !/\.(test|d)\./.test(name))
    .sort()
    .map((name) => join(dir, name))
}
