// Files of suppressions: lists of entries that say which findings nobody wants told, until when, and who answers for it.
import type { Diagnostic, Position } from '../base/diagnostic.ts'
import { parseTime } from '../base/time.ts'

import type { Suppression } from '../findings/suppression/suppression.ts'

import { readFieldConditions } from '../languages/sigma/index.ts'

import type { RuleFile } from '../rule-text/loaded.ts'
import { readShaped, type Shape, type Shaped } from '../rule-text/shape.ts'
import type { YamlMap } from '../rule-text/yaml/value.ts'

import { readRuleFiles } from './rule-files.ts'

export interface FoundSuppressions {
  /** In order of files, and as they stand there. */
  readonly suppressions: readonly Suppression[]
  readonly diagnostics: readonly Diagnostic[]
}

const dayMs = 86_400_000

const text = (what: string): Shape => ({
  kind: 'text',
  what,
  read: (t) => (t.trim() ? t : undefined),
})

const entry: Shape = {
  kind: 'map',
  what: 'what is not to be told',
  needs: ['until', 'owner', 'reason'],
  keys: {
    name: text('a name for it'),
    rule: {
      kind: 'list',
      orOne: true,
      what: 'rules: ids, beginnings of ids, names or parts of titles',
      of: text(
        'a rule: its id, the beginning of it, its name or a part of its title',
      ),
    },
    hosts: {
      kind: 'list',
      orOne: true,
      what: 'hosts; * and ? stand for parts of names',
      of: text('the name of a host'),
    },
    when: {
      kind: 'mapping',
      what: 'conditions on fields of the finding, as in a selection of a rule',
    },
    until: {
      kind: 'text',
      what: 'the last day (UTC) on which it silences, or a time: 2026-12-31',
      read: untilOf,
      example: '2026-12-31',
    },
    owner: text('who answers for it'),
    reason: text('why it is expected'),
  },
}

const file: Shape = {
  kind: 'list',
  what: 'a list of entries, each with rule or when, until, owner and reason',
  of: entry,
}

const ofSuppressions = { name: /\.ya?ml$/i, what: 'suppression' }

/** What is wrong comes as diagnostics; an entry that is not right silences nothing. */
export async function readSuppressions(
  paths: readonly string[],
): Promise<FoundSuppressions> {
  const { files, diagnostics } = await readRuleFiles(paths, ofSuppressions)
  const read = files.map(suppressionsIn)
  return {
    suppressions: read.flatMap((r) => r.suppressions),
    diagnostics: [...diagnostics, ...read.flatMap((r) => r.diagnostics)],
  }
}

interface WrittenEntry {
  readonly name?: string
  readonly rule?: readonly string[]
  readonly hosts?: readonly string[]
  readonly when?: YamlMap
  readonly until: number
  readonly owner: string
  readonly reason: string
}

export function suppressionsIn({
  path,
  text: own,
}: RuleFile): FoundSuppressions {
  const codes = { syntax: 'C004', shape: 'C004' }
  const shaped = readShaped(file, own, path, codes)
  // Without what is wrong in it, an entry would silence more than was meant.
  const wrong = new Set(shaped.wrongAt.map(([index]) => index))
  const entries = (shaped.value ?? []) as readonly WrittenEntry[]
  const read = entries.map((written, i) =>
    wrong.has(i) ? nothing : suppressionOf(written, i, path, shaped),
  )
  return {
    suppressions: read.flatMap((r) => r.suppressions),
    diagnostics: [...shaped.diagnostics, ...read.flatMap((r) => r.diagnostics)],
  }
}

const nothing: FoundSuppressions = { suppressions: [], diagnostics: [] }

function suppressionOf(
  { rule = [], hosts = [], when, name, ...whole }: WrittenEntry,
  index: number,
  path: string,
  { document, position }: Shaped,
): FoundSuppressions {
  const at = position([index])
  if (!rule.length && !when) {
    const message =
      'expected "rule" or "when": an entry without either would silence all that there is'
    return { suppressions: [], diagnostics: [wrongEntry(message, path, at)] }
  }
  const place = [index, 'when']
  const { conditions, diagnostics } = when
    ? readFieldConditions(when, place, document!, path)
    : { conditions: [], diagnostics: [] }
  if (!conditions) return { suppressions: [], diagnostics }
  const suppression = {
    name: name ?? `${path}:${at.line}`,
    file: path,
    line: at.line,
    rules: rule,
    hosts,
    when: conditions,
    ...whole,
  }
  return { suppressions: [suppression], diagnostics }
}

function wrongEntry(
  message: string,
  path: string,
  position: Position,
): Diagnostic {
  return { code: 'C004', severity: 'error', message, file: path, position }
}

/** A day ends when it is over, in UTC. */
function untilOf(written: string): number | undefined {
  if (!/^\d{4}-/.test(written)) return undefined
  const time = parseTime(written)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(written)
  return time !== undefined && isDay ? time + dayMs : time
}
