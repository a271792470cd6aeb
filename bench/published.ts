// What do searches find on a folder of telemetry, stage by stage? `npx tsx bench/published.ts SEARCH.spl PATH...`; without
// paths, ../shared/data/dev or IPCWATCH_DATA.
import { readFileSync } from 'node:fs'

import { printDiagnostic } from '../src/base/diagnostic.ts'
import { Hunt } from '../src/executors/pipeline/index.ts'
import {
  loadSpl,
  parseCondition,
  parseValue,
} from '../src/languages/spl/index.ts'
import { showEvents } from './show-events.ts'

const [file = '', ...given] = process.argv.slice(2)
const paths = given.length
  ? given
  : [process.env.IPCWATCH_DATA ?? '../shared/data/dev']
const loaded = loadSpl([{ path: file, text: readFileSync(file, 'utf8') }])
for (const d of [
  ...loaded.diagnostics,
  ...loaded.refused.flatMap((r) => r.diagnostics),
]) {
  console.log(printDiagnostic(d))
}
const [rule] = loaded.searches
if (!rule) process.exit(2)
const hunt = new Hunt(rule.search, {
  now: Date.now() / 1000,
  lookups: new Map(),
  parseCondition,
  parseValue,
  explain: true,
})
for (let pass = 0; pass < hunt.passes; pass++) {
  await showEvents(paths, (event) => hunt.event(event))
  hunt.endPass()
}
const { account, rows, refusal } = hunt.result()
if (refusal) console.log(`refused: ${refusal.message}`)
for (const a of account) {
  console.log(`${a.in} -> ${a.out}  ${a.stage}`)
  for (const hint of a.hints) console.log(`      ${hint}`)
}
console.log(`${rows.length} rows`)
for (const row of rows.slice(0, 5)) {
  console.log(JSON.stringify(Object.fromEntries(row.values)).slice(0, 400))
}
