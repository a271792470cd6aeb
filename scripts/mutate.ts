// The mutation campaign in full: `npx tsx scripts/mutate.ts [inputs] [seed]`. Fails on an exception, on an input that takes over a second, and on
// memory that does not stay bounded.
import { runCampaign } from '../test/mutation/campaign.ts'
import { runScriptCampaign } from '../test/scripts/campaign.ts'

const count = Number(process.argv[2] ?? 20_000)
const seed = Number(process.argv[3] ?? 1)
const maxMs = 1_000
const maxRss = 700 * 1024 * 1024

const started = performance.now()
const result = await runCampaign(count, seed)
const seconds = (performance.now() - started) / 1000
const scripts = runScriptCampaign(count, seed)
console.log(
  `${count} scripts: ${scripts.failures.length} failures, ${scripts.actions} actions, slowest ${scripts.slowestMs.toFixed(0)} ms (${scripts.slowest})`,
)
const peak = process.resourceUsage().maxRSS * 1024

for (const [name, events] of Object.entries(result.bySeed)) {
  console.log(`${name.padEnd(24)} ${events} events`)
}
const failures = [...result.failures, ...scripts.failures]
for (const f of failures.slice(0, 10)) console.error(f)
console.log(
  `${result.inputs} inputs in ${seconds.toFixed(0)} s: ${result.failures.length} exceptions, ${result.events} events, slowest ${result.slowestMs.toFixed(0)} ms (${result.slowest}), peak memory ${Math.round(peak / 1e6)} MB`,
)
const bad =
  failures.length > 0 ||
  Math.max(result.slowestMs, scripts.slowestMs) > maxMs ||
  peak > maxRss
process.exit(bad ? 1 : 0)
