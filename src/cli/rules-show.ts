// `ipcwatch rules show RULE`: what findings name only by its id: what it says of itself, its evidence, and its text.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { Command } from 'commander'

import { printDiagnostic } from '../base/diagnostic.ts'
import { oneLine } from '../base/shown.ts'

import type { RuleMeta } from '../ir/rule.ts'

import { loadRules } from '../content/load.ts'
import type { RuleSet } from '../content/rule-set.ts'

import type { AnyRule } from '../app/rules/parts.ts'
import { readBy } from '../app/rules/parts.ts'
import { named, refuseUnnamed } from '../app/rules/selection.ts'

import { Outcome, UsageError } from './exit.ts'
import {
  builtinOption,
  placeholdersOption,
  type RuleFlags,
  ruleSources,
  rulesOption,
} from './options.ts'
import { print } from './output.ts'

/** Rules that are shown where a name means several. */
const maxShown = 8

export function showCommand(): Command {
  return new Command('show')
    .description('a rule: what it says of itself, its evidence, and its text')
    .argument(
      '<rule>',
      'a rule file, an id or its beginning, a folder, part of a title',
    )
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .action(run)
}

async function run(wanted: string, flags: RuleFlags): Promise<void> {
  const isFile = existsSync(wanted)
  const sources = isFile ? { ...flags, rules: [wanted], builtin: false } : flags
  const set = await loadRules(ruleSources(sources))
  const all: readonly AnyRule[] = [...set.rules, ...set.searches]
  const found = isFile
    ? all.filter((r) => r.kind === 'search' || r.emits)
    : meant(all, set, wanted)
  if (!found.length) throw refusedOf(set, wanted)
  const shown = found.slice(0, maxShown)
  print(shown.map((rule) => textOf(rule, set)).join('\n\n'))
  const rest = found.slice(maxShown)
  if (rest.length) {
    print(`\n${rest.length} more:`)
    for (const { meta } of rest) print(oneLine(`${meta.id}  ${meta.title}`))
  }
  new Outcome().finish()
}

function meant(
  all: readonly AnyRule[],
  set: RuleSet,
  wanted: string,
): readonly AnyRule[] {
  const metas = all.map((r) => r.meta)
  const found = named(metas, wanted)
  if (!found.size && !set.refused.length) refuseUnnamed(metas, wanted)
  return all.filter((r) => found.has(r.meta))
}

function refusedOf({ refused }: RuleSet, wanted: string): UsageError {
  const why = refused.flatMap((r) => r.diagnostics).map(printDiagnostic)
  return new UsageError(
    [`no rule is called "${wanted}"`, ...why].join('\n'),
    why.length ? 'rule error' : 'wrong use',
  )
}

function textOf(rule: AnyRule, set: RuleSet): string {
  const { meta } = rule
  const byId = new Map(set.rules.map((r) => [r.meta.id, r]))
  const parts = rule.kind === 'search' ? [] : readBy(rule, byId)
  const lines = [
    ...headOf(meta),
    ...parts.map((p) => `reads: ${p.meta.title} (${p.meta.id})`),
    ...evidenceOf(meta),
    ...listed('benign when', meta.falsePositives),
    ...listed('references', meta.references),
  ]
  const texts = [meta, ...parts.map((p) => p.meta)].flatMap(writtenIn)
  return [...lines.map(oneLine), '', [...new Set(texts)].join('---\n')].join(
    '\n',
  )
}

function headOf(meta: RuleMeta): readonly string[] {
  const { mitigations, techniques, file, line } = meta
  const place = file && (line === undefined ? file : `${file}:${line}`)
  return [
    `${meta.title}`,
    [meta.id, meta.level, meta.status, ...techniques]
      .filter(Boolean)
      .join('  '),
    ...(meta.description ? [meta.description] : []),
    ...(mitigations.length ? [`stopped by: ${mitigations.join(', ')}`] : []),
    ...(place ? [`file: ${place}`] : []),
  ]
}

function listed(what: string, items: readonly string[]): readonly string[] {
  return items.length ? [`${what}:`, ...items.map((item) => `  ${item}`)] : []
}

/** The events that prove it, where they lie beside it. */
function evidenceOf({ file }: RuleMeta): readonly string[] {
  if (file === undefined) return []
  return ['fires', 'silent', 'gaps'].flatMap((kind) => {
    const folder = join(dirname(file), kind)
    if (!existsSync(folder)) return []
    return [`${kind}: ${readdirSync(folder).sort().join(', ')}`]
  })
}

/** Its document alone: a file may hold many. */
function writtenIn({ file, line = 1 }: RuleMeta): readonly string[] {
  if (file === undefined || !existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split(/\r?\n/)
  if (file.endsWith('.spl')) return [`${lines.join('\n').trimEnd()}\n`]
  const end = lines.findIndex((text, i) => i >= line && /^---\s*$/.test(text))
  const own = lines.slice(line - 1, end < 0 ? undefined : end)
  return [`${own.join('\n').trimEnd()}\n`]
}
