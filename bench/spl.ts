// How much does a search cost beside decoding alone? `npx tsx bench/spl.ts [PATH]` over telemetry of one's own; without a path,
// over JSON lines that it makes itself, and over the EVTX of ../shared/data/dev or IPCWATCH_DATA where they are.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Hunt } from '../src/executors/pipeline/index.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../src/languages/spl/index.ts'
import { showEvents } from './show-events.ts'

const searches = [
  'sourcetype=Sysmon EventCode=1 process_name=cmd.exe',
  'sourcetype=Sysmon EventCode=1 | stats count by process_name parent_process_name',
  '* | stats count by EventCode Computer',
  'sourcetype=Sysmon | where match(Image, "(?i)\\\\\\\\temp\\\\\\\\") | stats dc(Image) as n by Computer',
  '| tstats count min(_time) as first from datamodel=Endpoint.Processes where Processes.process="*powershell*" by Processes.dest Processes.user Processes.process',
]

/** Lines of the file made here. */
const lines = 200_000
/** Each measure is the best of so many. */
const rounds = 3

async function measure(paths: readonly string[], name: string): Promise<void> {
  let events = 0
  const alone = await best(() => {
    events = 0
    return showEvents(paths, () => {
      events++
    })
  })
  console.log(
    `${name}: ${events} events, decode alone ${rate(events, alone)} events/s`,
  )
  for (const text of searches) {
    const { search } = compileSearch(text)
    if (!search) throw new Error(text)
    let rows = 0
    const time = await best(async () => {
      const hunt = new Hunt(search, {
        now: 0,
        lookups: new Map(),
        parseCondition,
        parseValue,
      })
      await showEvents(paths, (event) => hunt.event(event))
      hunt.endPass()
      rows = hunt.result().rows.length
    })
    console.log(
      `  ${rate(events, time)} events/s  ${(alone / time).toFixed(2)} of decode alone  ${rows} rows  ${text}`,
    )
  }
}

async function best(run: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < rounds; i++) {
    const start = performance.now()
    await run()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

function rate(events: number, ms: number): string {
  return Math.round((events * 1000) / ms).toLocaleString('en-US')
}

function makeLines(): string {
  const out: string[] = []
  for (let i = 0; i < lines; i++) {
    out.push(
      JSON.stringify({
        Provider_Name: 'Microsoft-Windows-Sysmon',
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        EventID: [1, 7, 10, 11, 13][i % 5],
        Computer: `pc${i % 40}.example`,
        UtcTime: new Date(1.77e12 + i * 1000).toISOString(),
        ProcessGuid: `{00000000-0000-0000-0000-${String(i).padStart(12, '0')}}`,
        ProcessId: i % 9000,
        Image: `C:\\Windows\\System32\\${['cmd', 'svchost', 'powershell', 'explorer'][i % 4]}.exe`,
        CommandLine: `powershell.exe -File C:\\jobs\\job${i % 5000}.ps1`,
        ParentImage: `C:\\Windows\\${['explorer', 'services'][i % 2]}.exe`,
        User: `EXAMPLE\\user${i % 200}`,
      }),
    )
  }
  return `${out.join('\n')}\n`
}

const given = process.argv.slice(2)
if (given.length) await measure(given, given.join(' '))
else {
  const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))
  const file = join(folder, 'made.jsonl')
  writeFileSync(file, makeLines())
  await measure([file], 'JSON lines')
  rmSync(folder, { recursive: true })
  const evtx = join(
    process.env.IPCWATCH_DATA ?? '../shared/data/dev',
    'benign',
    'evtx',
  )
  if (existsSync(evtx)) await measure([evtx], 'EVTX')
}
