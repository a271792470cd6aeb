// `ipcwatch rules coverage PATHS`: what would be seen in telemetry like this, and why not.
import { oneLine, plural, shownJson } from '../base/shown.ts'

import { layer } from '../findings/sinks/navigator.ts'

import type { AnyRule, TechniqueCoverage } from '../app/rules/coverage.ts'
import {
  type Sight,
  type TechniqueVisibility,
  visibility,
} from '../app/rules/visibility.ts'
import type { ScanRequest } from '../app/scan/scan.ts'

import { interruptions, type Outcome } from './exit.ts'
import { print } from './output.ts'
import { say } from './say.ts'

const printers = {
  table: (all) => all.map(tableRow).join('\n'),
  ndjson: (all) => all.map((t) => JSON.stringify(t)).join('\n'),
  json: (all) => JSON.stringify(all, null, 2),
  markdown: printMarkdown,
  navigator: (all) => JSON.stringify(layerOf(all), null, 2),
} as const satisfies Record<
  string,
  (all: readonly TechniqueVisibility[]) => string
>

export type CoverageFormat = keyof typeof printers

export const coverageFormats = Object.keys(printers)

export async function coverPaths(
  rules: readonly AnyRule[],
  request: ScanRequest,
  format: CoverageFormat,
  outcome: Outcome,
): Promise<void> {
  const { techniques, events, problems } = await visibility(
    rules,
    request,
    say,
    interruptions(),
  )
  print(shownJson(printers[format](techniques)))
  if (events === 0) outcome.note('nothing read', 'no event tells what is seen')
  if (problems) {
    outcome.note('incomplete', 'some of the input was not inspected')
  }
}

function tableRow(t: TechniqueVisibility): string {
  const counts = `${t.saw.length} fired, ${t.canSee.length} quiet, ${t.blind.length} blind`
  const why = t.sight === 'blind' ? `  ${t.blind[0]?.why ?? ''}` : ''
  return oneLine(
    `${t.sight.padEnd(8)} ${t.technique.padEnd(10)} ${counts}${why}`,
  )
}

function printMarkdown(all: readonly TechniqueVisibility[]): string {
  const rows = all.map((t) => {
    const [missing] = t.blind
    const why = missing ? `${missing.rule}: ${missing.why}` : ''
    const cells = [
      t.technique,
      t.sight,
      plural(t.saw.length, 'rule'),
      plural(t.canSee.length, 'rule'),
      plural(t.blind.length, 'rule'),
      why,
    ]
    return `| ${cells.map((c) => oneLine(c).replace(/[\\|`*_[\]<>#]/g, (x) => `\\${x}`)).join(' | ')} |`
  })
  return [
    '| technique | sight | fired | quiet | blind | what is missing, for one |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

const colours: Readonly<Record<Sight, string>> = {
  saw: '#d6604d',
  'can see': '#7fbf7b',
  blind: '#bdbdbd',
}

function layerOf(all: readonly TechniqueVisibility[]) {
  const techniques = all.map((t) => ({
    techniqueID: t.technique,
    score: t.saw.length + t.canSee.length,
    color: colours[t.sight],
    comment: `${t.sight}: ${t.saw.length} fired, ${t.canSee.length} quiet, ${t.blind.length} blind`,
  }))
  const legend = (['saw', 'can see', 'blind'] as const).map((label) => ({
    label,
    color: colours[label],
  }))
  return layer(
    'ipcwatch visibility',
    'What rules could see',
    techniques,
    legend,
  )
}

/** Of rules alone: what they cover, whatever telemetry there is. */
export function printCoverage(
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

function coverageLayer(all: readonly TechniqueCoverage[]) {
  const techniques = all
    .filter(({ technique }) => /^T\d/.test(technique))
    .map((c) => ({
      techniqueID: c.technique,
      score: c.rules,
      color: colours['can see'],
      comment: `${plural(c.rules, 'rule')}, up to ${c.highest}: ${c.logSources.join(', ')}`,
    }))
  const legend = [{ label: 'covered by rules', color: colours['can see'] }]
  return layer('ipcwatch coverage', 'What rules cover', techniques, legend)
}

function coverageRow(c: TechniqueCoverage): string {
  return `${c.technique.padEnd(12)} ${String(c.rules).padStart(5)} rules, up to ${c.highest.padEnd(13)} ${shorten(c.logSources)}`
}

/** Log sources named in a row of the table. */
const mostNamed = 4

function shorten(sources: readonly string[]): string {
  const rest = sources.length - mostNamed
  const named = sources.slice(0, mostNamed).join(', ')
  return rest > 0 ? `${named} and ${rest} more` : named
}
