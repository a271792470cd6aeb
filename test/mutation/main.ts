// The mutation campaign in full, in a process that holds nothing else: scripts/mutate.ts says how to start it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import '../../src/app/reading/heap.ts'
import { documentSeeds } from '../documents/seeds.ts'
import { runCampaign } from './campaign.ts'
import { runDumpCampaign } from './dumps-campaign.ts'
import { runRuleCampaign } from './rules-campaign.ts'
import type { Tally } from './tally.ts'
import { runScriptCampaign } from '../scripts/campaign.ts'

const count = Number(process.argv[2] ?? 20_000)
const seed = Number(process.argv[3] ?? 1)
const maxMs = 1_000
const only = process.argv[4] === 'documents'
const maxRss = (only ? 300 : 400) * 1024 * 1024

const started = performance.now()
const part = (share: number) => Math.floor(count * share)
if (only) {
  const documents = await runCampaign(part(0.7), seed, documentSeeds())
  tell(documents.bySeed, {
    documents: documents.tally,
    scripts: runScriptCampaign(part(0.3), seed),
  })
}
const { tally: sources, bySeed } = await runCampaign(part(0.6), seed)
const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-rules-'))
const rules = await runRuleCampaign(part(0.15), seed, folder)
rmSync(folder, { recursive: true })
const scripts = runScriptCampaign(part(0.15), seed)
const dumps = runDumpCampaign(part(0.1), seed)
tell(bySeed, { sources, rules, scripts, dumps })

function tell(
  events: Readonly<Record<string, number>>,
  all: Readonly<Record<string, Tally>>,
): never {
  const seconds = (performance.now() - started) / 1_000
  const peak = process.resourceUsage().maxRSS * 1024
  for (const [name, count] of Object.entries(events)) {
    console.log(`${name.padEnd(24)} ${count} events`)
  }
  let bad = peak > maxRss
  let inputs = 0
  for (const [what, tally] of Object.entries(all)) {
    const { failures, slowestMs, slowest } = tally
    inputs += tally.inputs
    for (const f of failures.slice(0, 10)) console.error(f)
    console.log(
      `${tally.inputs} ${what}: ${failures.length} exceptions, slowest ${slowestMs.toFixed(0)} ms (${slowest})`,
    )
    if (failures.length > 0 || slowestMs > maxMs) bad = true
  }
  console.log(
    `${inputs} inputs of seed ${seed} in ${seconds.toFixed(0)} s, peak memory ${Math.round(peak / 1e6)} MB`,
  )
  process.exit(bad ? 1 : 0)
}
