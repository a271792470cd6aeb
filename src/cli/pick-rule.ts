// Which rule does the person mean: a file, an id, or part of a title?
import { existsSync } from 'node:fs'

import { printDiagnostic } from '../base/diagnostic.ts'

import type { DetectionRule } from '../ir/rule.ts'
import type { SearchRule } from '../ir/search.ts'

import { loadRules } from '../content/load.ts'

import { detections, named } from '../app/rules/selection.ts'

import { UsageError } from './exit.ts'
import { type RuleFlags, ruleSources } from './options.ts'

/** Rules listed where a name means several. */
const maxListed = 8

export async function pickRule(
  wanted: string,
  flags: RuleFlags,
): Promise<DetectionRule | SearchRule> {
  const fromFile = existsSync(wanted)
  const { placeholders } = flags
  const meantFile = { rules: [wanted], builtin: false, placeholders }
  const set = await loadRules(ruleSources(fromFile ? meantFile : flags))
  const all = [...detections(set.rules), ...set.searches]
  const metas = all.map((r) => r.meta)
  const meant = fromFile ? new Set(metas) : named(metas, wanted)
  const found = all.filter((r) => meant.has(r.meta))
  if (found.length === 1) return found[0]!
  if (found.length) {
    const names = found
      .slice(0, maxListed)
      .map((r) => `\n  ${r.meta.id}  ${r.meta.title}`)
    throw new UsageError(
      `"${wanted}" means ${found.length} rules:${names.join('')}`,
    )
  }
  const correlations = set.rules.filter((r) => r.kind === 'correlation')
  const their = correlations.map((r) => r.meta)
  const [one] = named(their, wanted)
  if (one) {
    const { rules: ids = [] } = correlations.find((r) => r.meta === one) ?? {}
    const counted = set.rules
      .filter((r) => ids.includes(r.meta.id))
      .map((r) => `${r.meta.id} (${r.meta.title})`)
    throw new UsageError(
      `"${one.title}" is a correlation, which no single event fulfils: name one of the rules that it counts: ${counted.join(', ')}`,
    )
  }
  const refused = set.refused.flatMap((r) => r.diagnostics)
  throw new UsageError(
    refused.length
      ? refused.map(printDiagnostic).join('\n')
      : `no rule is called "${wanted}"; "ipcwatch rules list" lists them`,
  )
}
