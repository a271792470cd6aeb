// Does the executor match what the reference evaluator matched? All rules on every lane, routed and unrouted, with the
// index; and on recorded telemetry with strict log sources. Prints the differences, exit code 1 if there is any.
import { type LogSource, logSource } from '../src/event/log-source.ts'
import { StreamExecutor } from '../src/executors/stream/executor.ts'
import type { DetectionRule } from '../src/ir/rule.ts'
import { loadSigma } from '../src/languages/sigma/index.ts'

import {
  expectedMatches,
  FlatEvents,
  laneLines,
  laneNames,
  linesOf,
  ruleFiles,
} from './lanes-corpus.ts'

const full = process.argv.includes('--full-scan')
const only = process.argv.slice(2).filter((a) => !a.startsWith('-'))

const loaded = loadSigma(ruleFiles())
const rules = loaded.rules.filter(
  (r): r is DetectionRule => r.kind === 'detection',
)
console.log(`${rules.length} rules, ${loaded.refused.length} refused`)
for (const r of loaded.refused.slice(0, 5)) console.log(JSON.stringify(r))

let wrong = 0
for (const lane of laneNames) {
  if (only.length && !only.includes(lane)) continue
  for (const routing of [true, false]) {
    const lines = laneLines(lane)
    const events = new FlatEvents()
    const started = performance.now()
    const executor = new StreamExecutor(rules, { index: !full, routing })
    const built = performance.now() - started
    const found: string[] = []
    for (const [i, line] of lines.entries()) {
      executor.match(events.event(JSON.parse(line) as object), (rule) =>
        found.push(`${i} ${rules[rule]!.meta.id}`),
      )
    }
    const way = routing ? 'routed' : 'unrouted'
    for (const r of executor.refused) console.log(r.diagnostic.message)
    compare(
      `${lane} ${way} (built in ${built.toFixed(0)} ms)`,
      found,
      expectedMatches(`lanes/${lane}.${way}.json`),
    )
  }
}

for (const name of ['mordor', 'evtx']) {
  if (only.length && !only.includes(name)) continue
  const events = new FlatEvents()
  const executor = new StreamExecutor(rules, { index: !full, routing: true })
  const found: string[] = []
  for (const [i, line] of linesOf(`telemetry/${name}.ndjson.gz`).entries()) {
    const { logsource, event } = JSON.parse(line) as {
      logsource: { product?: string; category?: string[]; service?: string[] }
      event: object
    }
    executor.match(events.event(event, strict(logsource)), (rule) =>
      found.push(`${i} ${rules[rule]!.meta.id}`),
    )
  }
  compare(name, found, expectedMatches(`telemetry/${name}.routed.json`))
}
process.exit(wrong ? 1 : 0)

/** A part that is not there is known to be none. */
function strict(stated: {
  product?: string
  category?: string[]
  service?: string[]
}): LogSource {
  return logSource(
    stated.product ?? '',
    stated.category ?? [],
    stated.service ?? [],
  )
}

function compare(title: string, found: string[], expected: string[]): void {
  const have = new Set(found)
  const want = new Set(expected)
  const extra = [...have].filter((m) => !want.has(m))
  const missing = [...want].filter((m) => !have.has(m))
  wrong += extra.length + missing.length
  console.log(
    `${title}: ${found.length} matches, ${extra.length} too many, ${missing.length} missing`,
  )
  for (const m of extra.slice(0, 5)) console.log(`  too many ${m}`)
  for (const m of missing.slice(0, 5)) console.log(`  missing ${m}`)
}
