// `ipcwatch rules coverage`: what the rules cover; of telemetry what they see in it; and the files that would let them see more.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Command, Option } from 'commander'

import { oneLine, plural, shownJson } from '../base/shown.ts'

import { layer } from '../findings/sinks/navigator.ts'

import type { Rule } from '../ir/rule.ts'

import { loadRules } from '../content/load.ts'
import { reasonOf } from '../readers/regular-file.ts'
import { measures } from '../content/visibility.ts'
import { makeFolder } from '../content/make-folder.ts'

import { coverage, type TechniqueCoverage } from '../app/rules/coverage.ts'
import type { AnyRule } from '../app/rules/parts.ts'
import { select } from '../app/rules/selection.ts'
import { promised } from '../app/visibility/promise.ts'
import { measuresFor } from '../app/visibility/sight.ts'
import {
  isForPlatforms,
  visibility,
  type Visibility,
  visibilityOfNothing,
} from '../app/visibility/visibility.ts'
import { filesOf } from '../app/visibility/write.ts'
import { defaultPaths } from '../app/watch/defaults.ts'

import { interruptions, Outcome, UsageError } from './exit.ts'
import {
  builtinOption,
  placeholdersOption,
  type RuleFlags,
  ruleSources,
  rulesOption,
} from './options.ts'
import { print } from './output.ts'
import {
  type CoverageFormat,
  coverageFormats,
  printVisibility,
} from './rules-visibility.ts'
import { reportSet } from './rules-report.ts'
import { say } from './say.ts'
import {
  addSelection,
  type SelectionFlags,
  selectionOf,
} from './selection-options.ts'

interface CoverFlags extends SelectionFlags, RuleFlags {
  readonly format: CoverageFormat
  readonly live?: boolean
  readonly write?: string
}

export function addCoverage(rules: Command): void {
  addSelection(rules.command('coverage'))
    .description(
      'which ATT&CK techniques the rules cover, and which log sources they need; of telemetry that is given: what was seen, could be, or could not, why, on which host and since when, and what to switch on',
    )
    .argument('[paths...]', 'telemetry, as for scan')
    .option('--live', 'the logs of this host, where they usually lie')
    .option(
      '--write <dir>',
      'write what to switch on into this folder: a Sysmon configuration, audit policy, audit rules, registry values, eslogger events; of what is blind, or of all rules where no telemetry is given',
    )
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .addOption(
      new Option('--format <format>', 'how it is printed')
        .choices(coverageFormats)
        .default('table'),
    )
    .action(cover)
}

async function cover(paths: string[], flags: CoverFlags): Promise<void> {
  const outcome = new Outcome()
  const sources = ruleSources(flags)
  const set = await loadRules(sources)
  const selection = selectionOf(flags)
  const { chosen, searches } = select(set, selection)
  const rules = [...chosen, ...searches].filter(
    (r) => r.kind === 'search' || r.emits,
  )
  const byId = new Map(set.rules.map((r) => [r.meta.id, r]))
  const given = [...paths, ...(flags.live ? livePaths() : [])]
  if (given.length || flags.live) {
    const scan = {
      paths: given,
      rules: sources,
      selection,
      hosts: [],
      index: true,
      routing: true,
    }
    const found = given.length
      ? await visibility({ scan, rules, byId }, say, interruptions())
      : visibilityOfNothing(rules, byId, ownPlatform())
    print(printVisibility(found, flags.format))
    reportSet(set, outcome)
    tell(found, given.length > 0, outcome)
    const ids = found.rules.flatMap((r) => r.switchOn)
    const chosen = measures()
      .filter((m) => ids.includes(m.id) && isForPlatforms(m, found))
      .map((m) => m.id)
    if (flags.write !== undefined)
      write(flags.write, rules, byId, new Set(chosen))
  } else {
    print(printCoverage(coverage(rules, byId), flags.format))
    reportSet(set, outcome)
    const ids = rules.flatMap((r) => measuresFor(r, byId))
    if (flags.write !== undefined) write(flags.write, rules, byId, new Set(ids))
  }
  outcome.finish()
}

function tell(
  { isCut, events, strange, unusable, problems }: Visibility,
  isRead: boolean,
  outcome: Outcome,
): void {
  if (interruptions().aborted) outcome.note('interrupted', 'not all was read')
  if (isCut) say('there are more kinds of events than are told apart')
  if (isRead && events === 0)
    outcome.note('nothing read', 'no event tells what is seen')
  else if (isRead && strange >= events)
    outcome.note('unknown shapes', 'no record is of a shape that rules know')
  if (unusable) outcome.note('unusable path', 'named above; the rest was read')
  if (problems)
    outcome.note('incomplete', 'some of the input was not inspected')
}

/** As rules call it. */
function ownPlatform(): string {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'windows',
    darwin: 'macos',
  }
  return names[process.platform] ?? process.platform
}

/** None: this host writes nothing that rules could read, which is an answer. */
function livePaths(): readonly string[] {
  const { readable, closed, absent } = defaultPaths([])
  for (const path of closed) say(`${path} may not be read by this account`)
  if (!readable.length && absent.length)
    say(`no log of this host is there: ${absent.join(', ')}`)
  return readable
}

function write(
  folder: string,
  rules: readonly AnyRule[],
  byId: ReadonlyMap<string, Rule>,
  chosen: ReadonlySet<string>,
): void {
  const { asking, measures: given } = promised(rules, byId, chosen)
  if (!given.length) {
    say('nothing is blind that could be switched on: no file was written')
    return
  }
  try {
    makeFolder(folder)
    for (const { name, text } of filesOf(given, asking))
      writeFileSync(join(folder, name), text)
  } catch (error) {
    throw new UsageError(
      `"${folder}" cannot be written: ${reasonOf(error as Error)}`,
    )
  }
  say(
    `${plural(given.length, 'measure')} for ${plural(asking.length, 'rule')} written into ${folder}: see README.md there`,
  )
}

/** Of rules alone: what they cover, whatever telemetry there is. */
function printCoverage(
  all: readonly TechniqueCoverage[],
  format: CoverageFormat,
): string {
  switch (format) {
    case 'table':
      return all.map(coverageRow).join('\n')
    case 'ndjson':
      return shownJson(all.map((c) => JSON.stringify(c)).join('\n'))
    case 'json':
      return shownJson(JSON.stringify(all, null, 2))
    case 'markdown': {
      const rows = all.map(
        (c) =>
          `| ${oneLine(c.technique)} | ${c.rules} | ${c.highest} | ${oneLine(c.logSources.join(', ')).replaceAll('|', '\\|')} |`,
      )
      return [
        '| technique | rules | up to | log sources |',
        '|---|---:|---|---|',
        ...rows,
      ].join('\n')
    }
    case 'navigator':
      return shownJson(JSON.stringify(coverageLayer(all), null, 2))
  }
}

const covered = '#7fbf7b'

function coverageLayer(all: readonly TechniqueCoverage[]) {
  const techniques = all
    .filter(({ technique }) => /^T\d/.test(technique))
    .map((c) => ({
      techniqueID: c.technique,
      score: c.rules,
      color: covered,
      comment: `${plural(c.rules, 'rule')}, up to ${c.highest}: ${c.logSources.join(', ')}`,
    }))
  const legend = [{ label: 'covered by rules', color: covered }]
  return layer('ipcwatch coverage', 'What rules cover', techniques, legend)
}

function coverageRow(c: TechniqueCoverage): string {
  return `${c.technique.padEnd(12)} ${plural(c.rules, 'rule').padStart(11)}, up to ${c.highest.padEnd(13)} ${shorten(c.logSources)}`
}

/** Log sources named in a row of the table. */
const mostNamed = 4

function shorten(sources: readonly string[]): string {
  const rest = sources.length - mostNamed
  const named = sources.slice(0, mostNamed).join(', ')
  return rest > 0 ? `${named} and ${rest} more` : named
}
