// `ipcwatch rules explain RULE EVENT`: the condition as a tree, each leaf with what was seen and why it holds or not.
import { oneLine } from '../base/shown.ts'

import { existsSync } from 'node:fs'

import { Command } from 'commander'

import type { DetectionRule } from '../ir/rule.ts'

import type { TraceNode } from '../executors/stream/trace.ts'

import { type ExplainedEvent, explain } from '../app/rules/explain.ts'

import { interruptions, Outcome, UsageError } from './exit.ts'
import {
  builtinOption,
  placeholdersOption,
  type RuleFlags,
  rulesOption,
} from './options.ts'
import { pickRule } from './pick-rule.ts'
import { print } from './output.ts'
import { say } from './say.ts'

export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'why a rule holds on an event, or why not; EVENT is a file, or file#record; "-" is standard input',
    )
    .argument('<rule>', 'a rule file, an id, a folder, or part of a title')
    .argument('<event>', 'where the event is')
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .action(run)
}

async function run(
  wanted: string,
  where: string,
  flags: RuleFlags,
): Promise<void> {
  const rule = await findRule(wanted, flags)
  const at = /^(.*)#(\d+)$/.exec(where)
  const path = at && !existsSync(where) ? at[1]! : where
  const record = path === where ? undefined : Number(at![2])
  const outcome = new Outcome()
  const listener = {
    problem: say,
    unusable(message: string) {
      say(message)
      outcome.note('unusable path', 'named above')
    },
  }
  const explained = await explain(rule, path, record, listener, interruptions())
  if (interruptions().aborted) outcome.note('interrupted', 'not all was read')
  else if (explained) show(rule, explained, outcome)
  else {
    const what = record === undefined ? 'event' : `record ${record}`
    outcome.note('nothing read', `there is no ${what} in "${path}"`)
  }
  outcome.finish()
}

function show(
  rule: DetectionRule,
  explained: ExplainedEvent,
  outcome: Outcome,
): void {
  const { event, trace, conflict, chosen, needsJoin } = explained
  const fires = trace.holds && !conflict
  const lines = [
    `rule   ${rule.meta.title} (${rule.meta.id})`,
    `event  ${event.origin.file} record ${event.origin.record}: ${chosen}`,
  ]
  if (conflict && !needsJoin)
    lines.push(`source NO  ${conflict}: they never meet`)
  const verdict = fires
    ? 'the rule fires'
    : needsJoin
      ? `no record alone says whether the rule fires: it asks what several make together, or what a script does. "ipcwatch scan PATHS --rule ${rule.meta.id}" tells, and its findings say what held`
      : 'the rule does not fire'
  print([...lines, '', ...tree(trace, 0), '', verdict].join('\n'))
  if (event.shape.provenance.family === 'unknown')
    outcome.note('unknown shapes', 'the record is of no shape that rules know')
}

async function findRule(
  wanted: string,
  flags: RuleFlags,
): Promise<DetectionRule> {
  const rule = await pickRule(wanted, flags)
  if (rule.kind === 'detection') return rule
  throw new UsageError(
    `"${wanted}" is a Splunk search: "ipcwatch hunt --explain --file" tells what each of its stages sees`,
  )
}

/** Characters of a value that are quoted. */
const maxValue = 120

function* tree(node: TraceNode, depth: number): Generator<string> {
  const mark = node.holds ? 'yes' : 'NO '
  const label = node.label ? `${node.label}: ` : ''
  const head = `${mark} ${'  '.repeat(depth)}${label}`
  switch (node.kind) {
    case 'constant':
      yield `${head}always ${node.holds}`
      return
    case 'leaf': {
      const near = node.similar.length
        ? ` (the event has ${node.similar.join(', ')})`
        : ''
      const seen = node.value === undefined ? '' : `, seen ${quote(node.value)}`
      yield oneLine(`${head}${node.text}: ${node.reason}${near}${seen}`)
      return
    }
    default: {
      const words = { and: 'all of', or: 'any of', not: 'not' }
      yield `${head}${words[node.kind]}`
      for (const child of node.of) yield* tree(child, depth + 1)
    }
  }
}

function quote(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > maxValue ? `${text.slice(0, maxValue)}...` : text
}
