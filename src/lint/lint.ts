// What is odd about a rule, though it can be loaded? Works on the IR, so that no rule language matters here.
import { didYouMean } from '../base/did-you-mean.ts'

import { fieldRow } from '../event/schema/index.ts'
import { rarityFields } from '../event/schema/rarity.ts'
import { printSelector } from '../event/log-source.ts'
import type { Leaf, Predicate } from '../ir/predicate.ts'
import { leaves } from '../ir/predicate.ts'
import { printLeaf } from '../ir/print.ts'
import type { DetectionRule } from '../ir/rule.ts'
import { isLeaf, type Visited, walk } from '../ir/visit.ts'

import { whyRefused } from '../meaning/leaf.ts'
import { valuesTest } from '../meaning/tests.ts'

import type { Conflict } from './contradiction.ts'
import { findConflicts } from './contradiction.ts'
import type { LintFinding } from './finding.ts'
import { misnamedIn } from './log-sources.ts'
import { foreignEventIds } from './never-there.ts'
import { everydayPipes, fieldsOfSource, isSettledField } from './taxonomy.ts'
import { lintValue } from './values.ts'

export function lintDetection(rule: DetectionRule): LintFinding[] {
  const found: LintFinding[] = []
  for (const c of findConflicts(rule.condition)) found.push(describe(c))
  for (const finding of lintWhole(rule)) found.push(finding)
  const seen = new Set<string>()
  for (const part of partsOf(rule.condition)) {
    for (const finding of lintLeaf(part, rule)) {
      // A list of values is one item: what is odd about each is said once.
      const key = [finding.kind, part.node.kind, ...part.trail].join('\0')
      if (!seen.has(key)) found.push(finding)
      seen.add(key)
    }
  }
  return found
}

function describe({ kind, trail, sides, whole }: Conflict): LintFinding {
  const texts = sides.map(({ leaves, denied }) => {
    const more = leaves.length > 1 ? ` or ${leaves.length - 1} more` : ''
    return `${denied ? 'not ' : ''}${printLeaf(leaves[0]!)}${more}`
  })
  const [a, b] = texts as [string, string]
  const what = whole
    ? 'the condition'
    : `the part ${JSON.stringify(trail.at(-1) ?? '')}`
  const base = { trail: whole ? [] : trail }
  if (kind === 'never') {
    return {
      ...base,
      kind: whole ? 'never' : 'part-never',
      message: `${what} can never hold: no value is both (${a}) and (${b})`,
      hint: 'join alternatives with "or", or name the field that was meant',
    }
  }
  return {
    ...base,
    kind: whole ? 'always' : 'part-always',
    message: `${what} always holds: no value is both (${a}) and (${b}), so one of the two denials is true`,
    hint: 'to exclude several values deny them together: "not (a or b)"',
  }
}

type Part = Visited<Leaf>

function partsOf(p: Predicate): Part[] {
  return [...walk(p)].flatMap(({ node, ...rest }) =>
    isLeaf(node) ? [{ node, ...rest }] : [],
  )
}

const nothing = new Map<string, string>()

function lintWhole(rule: DetectionRule): LintFinding[] {
  const { condition, logSource, meta } = rule
  const found: LintFinding[] = misnamedIn(logSource).map(
    ({ part, written, meant }) => ({
      kind: 'misnamed-source',
      part,
      trail: [],
      message: `no events are of the ${part} ${JSON.stringify(written)}`,
      hint: `did you mean ${JSON.stringify(meant)}?`,
    }),
  )
  // A rule that cannot be run is refused elsewhere, with its reason.
  const refused = whyRefused(condition) !== undefined
  const holds = refused ? () => false : valuesTest(condition)
  if (holds(nothing)) {
    found.push({
      kind: 'holds-for-nothing',
      trail: [],
      message:
        'the condition holds for an event that has none of its fields: all that it asks for is denied',
      hint: 'ask for something that has to be there before excluding',
    })
  }
  const eventIds = eventIdAlone(rule)
  if (eventIds) found.push(eventIds)
  const foreign = foreignEventId(rule)
  if (foreign) found.push(foreign)
  const rarity = rarityOfAll(rule)
  if (rarity) found.push(rarity)
  const loud = meta.level === 'high' || meta.level === 'critical'
  const pipe =
    loud && logSource.category === 'pipe_created'
      ? everydayPipes.find((name) =>
          holds(new Map([['PipeName', `\\${name}`]])),
        )
      : undefined
  if (pipe) {
    found.push({
      kind: 'everyday-endpoint',
      trail: [],
      message: `at level ${meta.level} the rule fires on nothing but the pipe "\\${pipe}", which Windows opens itself`,
      hint: 'ask besides for a client or a server that has no business there',
    })
  }
  return found
}

/** Numbers are given out by each provider for itself; 104 is a cleared log here and a USB driver's remark there. */
function eventIdAlone(rule: DetectionRule): LintFinding | undefined {
  const { product, category, service } = rule.logSource
  if (product !== 'windows' || category !== undefined) return undefined
  const shared =
    service === undefined || service === 'system' || service === 'application'
  if (!shared) return undefined
  const fields = new Set<string>()
  for (const leaf of leaves(rule.condition)) {
    if (leaf.kind !== 'keyword') fields.add(leaf.field)
  }
  if (!fields.has('EventID') || fields.has('Provider_Name')) return undefined
  if (service === undefined && fields.has('Channel')) return undefined
  return {
    kind: 'event-id-alone',
    trail: [],
    message: `EventID is asked for without a provider, and ${service ? `the ${service} log has many` : 'every log has its own'}`,
    hint: 'add "Provider_Name", or a "service" whose log has one provider',
  }
}

/** Ids named in a message. */
const shownIds = 5

/** The log source says which events are meant; none of them has the id. */
function foreignEventId(rule: DetectionRule): LintFinding | undefined {
  const foreign = foreignEventIds(rule)
  if (!foreign) return undefined
  const asked = [...foreign.asked].slice(0, shownIds).join(', ')
  return {
    kind: 'foreign-event-id',
    trail: [],
    message: `no event of ${printSelector(rule.logSource)} has the id ${asked}`,
    hint: `they have ${foreign.own}; leave EventID out, or name the source of the events that are meant`,
  }
}

/** What may be rare waits until all is counted: an event whose category the rule leaves open may be any. */
function rarityOfAll({
  condition,
  logSource,
}: DetectionRule): LintFinding | undefined {
  if (logSource.category !== undefined) return undefined
  for (const leaf of leaves(condition)) {
    if (leaf.kind === 'keyword' || !Object.hasOwn(rarityFields, leaf.field))
      continue
    return {
      kind: 'rarity-of-all',
      trail: [],
      message: `${leaf.field} is asked of events of every category, and each that may be rare waits until all is counted`,
      hint: 'state the category of the events, or ask for something that few of them have',
    }
  }
  return undefined
}

function* lintLeaf(part: Part, rule: DetectionRule): Generator<LintFinding> {
  const { node: leaf, trail, denied } = part
  yield* lintValue(leaf, trail, denied)
  if (leaf.kind !== 'keyword') yield* lintField(part, rule)
}

function* lintField(part: Part, rule: DetectionRule): Generator<LintFinding> {
  const { node: leaf, trail, denied } = part
  if (leaf.kind === 'keyword') return
  const filled = fieldsOfSource(rule.logSource)
  if (!filled) return
  const { field } = leaf
  if (filled.has(field)) return
  // Fields of this project's own making are filled in by what it knows besides.
  if (!isSettledField(field) && fieldRow(field)) return
  const source = printSelector(rule.logSource)
  const hint = didYouMean(field, filled)
  const absent = leaf.kind === 'null' || (leaf.kind === 'exists' && denied)
  yield {
    kind: denied && !absent ? 'unfilled-negation' : 'unfilled-field',
    trail,
    message: `${source} has no field ${JSON.stringify(field)}${denied && !absent ? ', so its denial always holds' : ''}`,
    ...(hint ? { hint } : {}),
  }
}
