// The mutation campaign in full: `npx tsx scripts/mutate.ts [inputs] [seed]`. Fails on an exception, on an input that takes over a second, and on
// memory that does not stay bounded.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCampaign } from '../test/mutation/campaign.ts'
import { runRuleCampaign } from '../test/mutation/rules-campaign.ts'
import { runScriptCampaign } from '../test/scripts/campaign.ts'

const count = Number(process.argv[2] ?? 20_000)
const seed = Number(process.argv[3] ?? 1)
const maxMs = 1_000
const maxRss = 400 * 1024 * 1024
/** Of so many inputs one is a rule or a file of compiled ones. */
const rulesEvery = 8

const started = performance.now()
const rules = Math.floor(count / rulesEvery)
const result = await runCampaign(count - rules, seed)
const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-rules-'))
const ofRules = await runRuleCampaign(rules, seed, folder)
rmSync(folder, { recursive: true })
const seconds = (performance.now() - started) / 1000
const scripts = runScriptCampaign(count, seed)
console.log(
  `${count} scripts: ${scripts.failures.length} failures, ${scripts.actions} actions, slowest ${scripts.slowestMs.toFixed(0)} ms (${scripts.slowest})`,
)
const peak = process.resourceUsage().maxRSS * 1024

for (const [name, events] of Object.entries(result.bySeed)) {
  console.log(`${name.padEnd(24)} ${events} events`)
}
const failures = [...result.failures, ...ofRules, ...scripts.failures]
for (const f of failures.slice(0, 10)) console.error(f)
console.log(
  `${result.inputs + rules} inputs in ${seconds.toFixed(0)} s: ${failures.length} exceptions, ${result.events} events, slowest ${result.slowestMs.toFixed(0)} ms (${result.slowest}), peak memory ${Math.round(peak / 1e6)} MB`,
)
const bad =
  failures.length > 0 ||
  Math.max(result.slowestMs, scripts.slowestMs) > maxMs ||
  peak > maxRss
process.exit(bad ? 1 : 0)
