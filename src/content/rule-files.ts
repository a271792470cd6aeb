// Which rule files are below the paths that a person names, and what do they hold? Each is read once, whatever number of
// paths and links lead to it.
import { existsSync } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { Diagnostic } from '../base/diagnostic.ts'

import type { RuleFile } from '../rule-text/loaded.ts'

import { kindOf, readRegularFile, reasonOf } from '../readers/regular-file.ts'

/** The package's root: where `content/` is, from `dist/content/` as from `src/content/`. */
export const packageRoot = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
)

export const builtinRules = join(packageRoot, 'content', 'rules')

/** Levels of folders. */
const maxDepth = 32
/** The largest public collection has some 5,000. */
const maxRuleFiles = 50_000
/** In bytes, of one file and of all. */
const maxRuleBytes = 4 * 1024 * 1024
const maxAllBytes = 256 * 1024 * 1024
/** Files read between two pauses, in which others have their turn: a few milliseconds. */
const filesAtOnce = 64

/** What files are looked for: how they are called, and what people call what they hold. */
export interface FileKind {
  readonly name: RegExp
  readonly what: string
}

const ofRules: FileKind = { name: /\.(ya?ml|spl)$/i, what: 'rule' }

export interface FoundRules {
  /** In a stable order. */
  readonly files: readonly RuleFile[]
  /** What could not be read, and why. */
  readonly diagnostics: readonly Diagnostic[]
}

export async function readRuleFiles(
  roots: readonly string[],
  kind = ofRules,
): Promise<FoundRules> {
  const walk = new RuleWalk(kind)
  for (const root of roots) await walk.root(root)
  await walk.links()
  const { paths, diagnostics } = walk
  const texts = await textsOf(paths.slice(0, maxRuleFiles))
  if (paths.length > maxRuleFiles) {
    diagnostics.push(
      unread(
        `there are more than ${maxRuleFiles} ${kind.what} files; the rest`,
      ),
    )
  }
  const files: RuleFile[] = []
  for (const [i, result] of texts.entries()) {
    const path = paths[i]!
    if (typeof result === 'string')
      files.push({ path: shown(path), text: result })
    else
      diagnostics.push(unread(`${kind.what} file "${path}"`, reasonOf(result)))
  }
  return { files, diagnostics }
}

function unread(what: string, why?: string): Diagnostic {
  return {
    code: 'C002',
    severity: 'error',
    message: `${what} cannot be read${why ? `: ${why}` : ''}`,
  }
}

async function textsOf(paths: readonly string[]): Promise<(string | Error)[]> {
  const texts: (string | Error)[] = []
  let left = maxAllBytes
  for (const path of paths) {
    if (texts.length % filesAtOnce === 0) await setImmediate()
    try {
      if (left <= 0)
        throw new Error(`rule files hold over ${maxAllBytes} bytes`)
      const text = readRegularFile(path, maxRuleBytes)
      left -= text.length
      texts.push(text)
    } catch (error) {
      texts.push(error as Error)
    }
  }
  return texts
}

/** The built-in content is named from the package's root: its place on this machine tells nobody anything. */
function shown(path: string): string {
  return path.startsWith(builtinRules) ? relative(packageRoot, path) : path
}

/** Folders first and links last, so that a file is named by a path without links where it has one. */
class RuleWalk {
  readonly paths: string[] = []
  readonly diagnostics: Diagnostic[] = []
  /** Real paths of files and folders. */
  readonly #met = new Set<string>()
  readonly #kind: FileKind
  readonly #links: { readonly path: string; readonly depth: number }[] = []

  constructor(kind: FileKind) {
    this.#kind = kind
  }

  async root(path: string): Promise<void> {
    try {
      const stats = await stat(path)
      const real = await realpath(path)
      if (stats.isDirectory()) await this.#folder(path, real, 0)
      else if (stats.isFile()) this.#named(path, real)
      else
        throw new Error(
          `it is ${kindOf(stats)}; ${this.#kind.what}s are files or folders`,
        )
    } catch (error) {
      this.diagnostics.push({
        code: 'C001',
        severity: 'error',
        message: `no ${this.#kind.what}s at "${path}": ${reasonOf(error)}`,
      })
    }
  }

  async links(): Promise<void> {
    for (const { path, depth } of this.#links) {
      await this.#telling(path, () => this.#link(path, depth))
    }
  }

  async #folder(dir: string, real: string, depth: number): Promise<void> {
    if (this.#isKnown(real)) return
    if (depth > maxDepth) {
      throw new Error(`it is nested deeper than ${maxDepth} levels`)
    }
    const entries = await readdir(dir, { withFileTypes: true })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      if (this.paths.length > maxRuleFiles) return
      const path = join(dir, entry.name)
      const inReal = join(real, entry.name)
      if (entry.isSymbolicLink()) this.#links.push({ path, depth })
      else if (!entry.isDirectory()) this.#file(path, inReal)
      else if (!isLeftOut(entry.name, path)) {
        await this.#telling(path, () => this.#folder(path, inReal, depth + 1))
      }
    }
  }

  async #link(path: string, depth: number): Promise<void> {
    const real = await realTarget(path, this.#kind)
    if (real === undefined) return
    if ((await stat(real)).isDirectory()) {
      if (!isLeftOut(basename(real), path)) {
        await this.#folder(path, real, depth + 1)
      }
    } else this.#file(path, real)
  }

  /** A file that a person names is a rule whatever it is called. */
  #named(path: string, real: string): void {
    if (!this.#isKnown(real)) this.paths.push(path)
  }

  /** What it is, is seen where it is opened. */
  #file(path: string, real: string): void {
    if (this.#kind.name.test(path)) this.#named(path, real)
  }

  #isKnown(real: string): boolean {
    const before = this.#met.size
    return this.#met.add(real).size === before
  }

  async #telling(path: string, step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      this.diagnostics.push(unread(`"${path}"`, reasonOf(error)))
    }
  }
}

/** A link that leads nowhere is worth a word only where such a file was meant. */
async function realTarget(
  path: string,
  { name }: FileKind,
): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (name.test(path)) throw error
    return undefined
  }
}

/** Evidence beside a built-in rule is data, not rules. */
function isLeftOut(name: string, path: string): boolean {
  if (name === '.git') return true
  // What the evidence of a rule needs besides: a schedule.
  if (name === 'with') return existsSync(join(dirname(path), 'rule.yml'))
  const isEvidence = ['fires', 'silent', 'gaps'].includes(name)
  return isEvidence && path.startsWith(builtinRules + sep)
}
