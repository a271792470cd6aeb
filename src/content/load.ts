// Finds rules, hands their text to the language that it is written in, and keeps what was compiled.
import { leaves } from '../ir/predicate.ts'
import type { Rule } from '../ir/rule.ts'

import { whyRefused } from '../meaning/leaf.ts'
import { regexKey, requiredLiterals } from '../meaning/regex/regex.ts'

import type { RuleFile } from '../rule-text/loaded.ts'

import { cachedRules, cacheKey, storeRules } from './cache.ts'
import { builtinRules, readRuleFiles } from './rule-files.ts'
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

/** Fewer files than this load faster than a cache is looked up. */
const cacheFromFiles = 20

/** Reads every rule of the sources. Unreadable paths are diagnostics, not exceptions. */
export async function loadRules(sources: RuleSources): Promise<RuleSet> {
  const builtin = sources.builtin ? [builtinRules] : []
  const { files, diagnostics } = await readRuleFiles([
    ...builtin,
    ...sources.paths,
  ])
  const useCache =
    sources.cache !== false && !sources.lint && files.length >= cacheFromFiles
  const loaded = await (useCache ? compiled : compile)(files, sources)
  return { ...loaded, diagnostics: [...diagnostics, ...loaded.diagnostics] }
}

/** From the cache where it has them. */
async function compiled(
  files: readonly RuleFile[],
  sources: RuleSources,
): Promise<RuleSet> {
  const key = await cacheKey(files, sources.placeholders)
  const known = key && (await cachedRules(key))
  if (known) return known
  const fresh = await compile(files, sources)
  if (key) await storeRules(key, fresh)
  return fresh
}

/**
 * Expressions take long to be compiled: of a rule that is kept it is known that all of its can be, and which texts they need, and each
 * waits until it is asked.
 */
function tried(rule: Rule): Rule {
  if (rule.kind !== 'detection' || whyRefused(rule.condition) !== undefined)
    return rule
  const literals: Record<string, readonly string[]> = {}
  for (const leaf of leaves(rule.condition)) {
    if (leaf.kind !== 'regex') continue
    literals[regexKey(leaf)] = requiredLiterals(leaf) ?? []
  }
  return { ...rule, tried: literals }
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
    rules: sigma.rules.map(tried),
    searches: spl.searches,
    refused: [...sigma.refused, ...spl.refused],
    diagnostics: [...sigma.diagnostics, ...spl.diagnostics],
  }
}
