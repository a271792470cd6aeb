// Feeds damaged rules to both languages and damaged files to the memory of compiled ones: each ends in rules or in diagnostics, and
// what the memory gives is what was put there.
import {
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

import { cachedRules, storeRules } from '../../src/content/cache.ts'
import type { RuleSet } from '../../src/content/rule-set.ts'
import { Hunt } from '../../src/executors/pipeline/index.ts'
import { StreamExecutor } from '../../src/executors/stream/executor.ts'
import { loadSigma } from '../../src/languages/sigma/index.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../../src/languages/spl/index.ts'

import { eventOf } from '../tools/event-of.ts'
import { mutate, randomFrom } from './mutate.ts'
import { Tally } from './tally.ts'

const sigmaSeed = `title: Command shell on a pipe
id: 5b7c1d0e-4f2a-4c3b-9a8d-0e1f2a3b4c5d
status: test
level: high
logsource: {product: windows, category: process_creation}
detection:
  shell:
    Image|endswith: ['\\cmd.exe', '\\powershell.exe']
    CommandLine|re|i: 'echo\\s+\\w{4,8}\\s*>\\s*\\\\\\\\\\.\\\\pipe'
  network: {DestinationIp|cidr: 10.0.0.0/8, Port|gte: 1024}
  words: ['\\pipe\\', 'a*b?c']
  filter: {User|contains|all: [NT, SYSTEM], ParentImage: null}
  condition: (shell and not filter) or 1 of net* or words
---
title: Several
id: 6b7c1d0e-4f2a-4c3b-9a8d-0e1f2a3b4c5d
correlation:
  type: value_count
  rules: [5b7c1d0e-4f2a-4c3b-9a8d-0e1f2a3b4c5d]
  group-by: [Computer]
  timespan: 5m
  condition: {gte: 3, field: User}
`

const splSeed =
  'search index=win EventCode=1 (Image="*\\\\cmd.exe" OR CommandLine IN ("a*", b)) NOT [search x=1 | fields y] | rex field=CommandLine "(?<pipe>\\\\\\\\pipe\\\\\\w+)" | eval n=if(match(Image,"(?i)cmd"),len(pipe)*2,coalesce(null(),0)) | where n>=3 AND like(User,"%SYSTEM") | bin _time span=5m | stats count dc(pipe) AS p values(User) by Computer _time | sort - count | join type=left Computer [search z=2 | table Computer g] | chart count over Computer by g | head 5'

const events = [
  {
    Image: 'C:\\Windows\\cmd.exe',
    CommandLine: 'echo abcd > \\\\.\\pipe\\abcd',
  },
  { User: 'NT AUTHORITY\\SYSTEM', EventCode: '1', Computer: ['a', 'b'], g: 3 },
].map((fields, i) => eventOf(fields, { time: 1e12 + i, host: 'h' }))

/** `count` damaged inputs of the kinds in turn: rules of both languages meet events too. */
export async function runRuleCampaign(
  count: number,
  seed: number,
  cacheFolder: string,
): Promise<Tally> {
  const tally = new Tally()
  const sigma = Buffer.from(sigmaSeed)
  const spl = Buffer.from(splSeed)
  const memory = await storedRules(cacheFolder)
  for (let i = 0; i < count; i++) {
    const random = randomFrom(seed * 1_000_003 + i)
    const kind = i % 3
    if (kind === 0) {
      const text = mutate(sigma, random, spl).toString()
      tally.run(`rule ${i}`, () => runSigma(text))
    } else if (kind === 1) {
      const text = mutate(spl, random, sigma).toString()
      tally.run(`search ${i}`, () => runSearch(text))
    } else {
      tally.inputs++
      await memory(mutate, random).catch((error) =>
        tally.fail(`memory ${i}`, error),
      )
    }
  }
  return tally
}

function runSigma(text: string): void {
  const { rules } = loadSigma([{ path: 'rule.yml', text }])
  const detections = rules.filter((r) => r.kind === 'detection')
  const executor = new StreamExecutor(detections, {
    index: true,
    routing: true,
  })
  for (const event of events) executor.match(event, () => {})
}

function runSearch(text: string): void {
  const { search } = compileSearch(text)
  if (!search) return
  const hunt = new Hunt(search, {
    now: 1e12,
    lookups: new Map(),
    parseCondition,
    parseValue,
  })
  for (let pass = 0; pass < hunt.passes; pass++) {
    for (const event of events) hunt.event(event)
    hunt.endPass()
  }
  hunt.result()
}

async function storedRules(folder: string) {
  process.env.IPCWATCH_CACHE = folder
  const { rules, refused, diagnostics } = loadSigma([
    { path: 'rule.yml', text: sigmaSeed },
  ])
  const set: RuleSet = { rules, searches: [], refused, diagnostics }
  const key = '0'.repeat(64)
  await storeRules(key, set)
  const path = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .find((name) => name.endsWith('.json'))
  if (path === undefined) throw new Error('nothing was stored')
  const whole = readFileSync(path)
  const file = openSync(path, 'r+')
  const expected = JSON.stringify(await cachedRules(key))
  return async (damage: typeof mutate, random: () => number) => {
    // Written over what was there: a file that is emptied first is a new one to the disk.
    const bytes = damage(whole, random, whole)
    writeSync(file, bytes, 0, bytes.length, 0)
    ftruncateSync(file, bytes.length)
    const got = await cachedRules(key)
    if (got !== undefined && JSON.stringify(got) !== expected) {
      throw new Error('the memory gave other rules than were stored')
    }
  }
}
