// Finds rule files, reads them, and hands their text to the language that they are written in.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Diagnostic } from '../base/diagnostic.ts'

import type { RuleFile } from '../rule-text/loaded.ts'

import { cachedRules, cacheKey, storeRules } from './cache.ts'
import type { RuleSet } from './rule-set.ts'

/** Values by the name that stands between percent signs. */
export type Placeholders = Readonly<
  Record<string, readonly (string | number)[]>
>

export interface RuleSources {
  /** Folders or files of the user's own. */
  readonly paths: readonly string[]
  /** The content that the package ships. */
  readonly builtin: boolean
  /** Whether a cache of compiled rules may be read and written. */
  readonly cache?: boolean
  /** Also report what is probably not meant. */
  readonly lint?: boolean
  /** What `%name%` stands for in values with `|expand`. */
  readonly placeholders?: Placeholders
}

/** The package's root: where `content/` is, from `dist/content/` as from `src/content/`. */
export const packageRoot = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
)

export const builtinRules = join(packageRoot, 'content', 'rules')

/** Rule folders nest; a link that leads back does not. */
const maxDepth = 32
const maxRuleBytes = 4 * 1024 * 1024
/** Fewer files than this load faster than a cache is looked up. */
const cacheFromFiles = 20

/** Reads every rule of the sources. Unreadable paths are diagnostics, not exceptions. */
export async function loadRules(sources: RuleSources): Promise<RuleSet> {
  const diagnostics: Diagnostic[] = []
  const files: RuleFile[] = []
  const roots = [...(sources.builtin ? [builtinRules] : []), ...sources.paths]
  for (const root of roots) files.push(...ruleFiles(root, diagnostics))
  const useCache =
    sources.cache !== false && !sources.lint && files.length >= cacheFromFiles
  const key = useCache ? cacheKey(files, sources.placeholders) : ''
  const known = useCache ? cachedRules(key) : undefined
  const loaded = known ?? (await compile(files, sources))
  if (useCache && !known) storeRules(key, loaded)
  return {
    rules: loaded.rules,
    searches: loaded.searches,
    refused: loaded.refused,
    diagnostics: [...diagnostics, ...loaded.diagnostics],
  }
}

// The languages are a good part of what a short run would load: rules that come compiled do without.
async function compile(
  files: readonly RuleFile[],
  sources: RuleSources,
): Promise<RuleSet> {
  const [{ loadSigma }, { loadSpl }] = await Promise.all([
    import('../languages/sigma/index.ts'),
    import('../languages/spl/index.ts'),
  ])
  const isSearch = (f: RuleFile) => /\.spl$/i.test(f.path)
  const sigma = loadSigma(
    files.filter((f) => !isSearch(f)),
    {
      lint: sources.lint === true,
      ...(sources.placeholders && { placeholders: sources.placeholders }),
    },
  )
  const spl = loadSpl(
    files.filter(isSearch),
    {},
    sigma.rules.map((r) => r.meta),
  )
  return {
    rules: sigma.rules,
    searches: spl.searches,
    refused: [...sigma.refused, ...spl.refused],
    diagnostics: [...sigma.diagnostics, ...spl.diagnostics],
  }
}

/** The rule files below a path, in a stable order; a path that is a file is taken as it is. */
export function ruleFiles(
  root: string,
  diagnostics: Diagnostic[],
): readonly RuleFile[] {
  if (!existsSync(root)) {
    diagnostics.push({
      code: 'C001',
      severity: 'error',
      message: `no rules at "${root}": no such file or folder`,
    })
    return []
  }
  const paths = statSync(root).isDirectory()
    ? [...walk(root, root === builtinRules, 0)]
    : [root]
  const files: RuleFile[] = []
  for (const path of paths) {
    try {
      if (statSync(path).size > maxRuleBytes) {
        throw new Error(`larger than ${maxRuleBytes} bytes`)
      }
      files.push({ path: shown(path), text: readFileSync(path, 'utf8') })
    } catch (error) {
      diagnostics.push({
        code: 'C002',
        severity: 'error',
        message: `rule file "${path}" cannot be read: ${(error as Error).message}`,
      })
    }
  }
  return files
}

/** The built-in content is named from the package's root: its place on this machine tells nobody anything. */
function shown(path: string): string {
  return path.startsWith(builtinRules) ? relative(packageRoot, path) : path
}

function* walk(
  dir: string,
  builtin: boolean,
  depth: number,
): Generator<string> {
  if (depth > maxDepth) return
  const entries = readdirSync(dir, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) {
      // Evidence beside a built-in rule is data, not rules.
      const evidence =
        builtin && ['fires', 'silent', 'gaps'].includes(entry.name)
      if (!evidence && entry.name !== '.git')
        yield* walk(path, builtin, depth + 1)
    } else if (/\.(ya?ml|spl)$/i.test(entry.name)) {
      yield path
    }
  }
}
