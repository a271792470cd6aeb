// Which techniques were found, as a layer of ATT&CK Navigator 5 (layer format 4.5). The score is the number of findings; the colour goes by the gravest.
import { plural, shownJson } from '../../base/shown.ts'

import { type Level, levels } from '../../ir/rule.ts'

import type { Finding } from '../finding.ts'
import type { SinkFormat } from './sink.ts'

interface Seen {
  count: number
  gravest: Level
  readonly rules: Set<string>
}

/** Rules named in a comment. */
const maxRules = 20

const colours: Readonly<Record<Level, string>> = {
  informational: '#d0e3f0',
  low: '#f5e6a6',
  medium: '#f7c46c',
  high: '#ef8a62',
  critical: '#d6604d',
}

export const navigator: SinkFormat = {
  what: 'a layer of ATT&CK Navigator: techniques that were found',
  extensions: ['json'],
  open({ write }) {
    const seen = new Map<string, Seen>()
    return {
      finding: (written) => count(seen, JSON.parse(written.text()) as Finding),
      end: () =>
        write(shownJson(`${JSON.stringify(layerOf(seen), null, 2)}\n`)),
    }
  },
}

function count(seen: Map<string, Seen>, { techniques, rule }: Finding): void {
  for (const technique of techniques) {
    let s = seen.get(technique)
    if (!s) {
      s = { count: 0, gravest: rule.level, rules: new Set() }
      seen.set(technique, s)
    }
    s.count++
    if (levels.indexOf(rule.level) > levels.indexOf(s.gravest)) {
      s.gravest = rule.level
    }
    if (s.rules.size < maxRules) s.rules.add(rule.title)
  }
}

export interface LayerTechnique {
  readonly techniqueID: string
  readonly score: number
  readonly color: string
  readonly comment: string
}

/** The head and tail of every layer. */
export function layer(
  name: string,
  description: string,
  techniques: readonly LayerTechnique[],
  legend: readonly { readonly label: string; readonly color: string }[],
) {
  const scores = techniques.map((t) => t.score)
  return {
    name,
    versions: { attack: '18', navigator: '5.2.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description,
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true },
    hideDisabled: false,
    techniques: techniques.map((t) => ({
      ...t,
      enabled: true,
      metadata: [],
      links: [],
      showSubtechniques: true,
    })),
    gradient: {
      colors: ['#ffffffff', '#ff6666ff'],
      minValue: 0,
      maxValue: scores.reduce((a, b) => Math.max(a, b), 1),
    },
    legendItems: legend,
    metadata: [],
    links: [],
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
    selectVisibleTechniques: false,
  }
}

function layerOf(seen: ReadonlyMap<string, Seen>) {
  const techniques = [...seen]
    .filter(([id]) => /^T\d{4}(\.\d{3})?$/.test(id))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([techniqueID, s]) => ({
      techniqueID,
      score: s.count,
      color: colours[s.gravest],
      comment: `${plural(s.count, 'finding')}, up to ${s.gravest}: ${[...s.rules].join('; ')}`,
    }))
  const legend = levels.map((label) => ({ label, color: colours[label] }))
  return layer(
    'ipcwatch findings',
    'Techniques that ipcwatch found',
    techniques,
    legend,
  )
}
