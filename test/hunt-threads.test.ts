// A search gives the same rows with any number of threads, in as many passes as it needs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { hunt as huntType } from '../src/app/hunt/hunt.ts'

// Threads run compiled code.
const compiled = '../dist/app/hunt/hunt.js'
const { hunt } = (await import(compiled)) as { hunt: typeof huntType }

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-hunt-threads-'))
afterAll(() => rmSync(folder, { recursive: true }))

for (let f = 0; f < 12; f++) {
  const lines = Array.from({ length: 300 }, (_, i) =>
    JSON.stringify({
      Provider_Name: 'Microsoft-Windows-Sysmon',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: i % 3 ? 1 : 3,
      Computer: `WS${f % 4}`,
      UtcTime: `2026-01-02 03:${String(f).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.000`,
      Image: `C:\\Windows\\p${i % 7}.exe`,
      ProcessId: String(i),
      CommandLine: `p ${f} ${i}`,
    }),
  )
  writeFileSync(join(folder, `${f}.jsonl`), `${lines.join('\n')}\n`)
}

async function rows(search: string, workers: number) {
  const problems: string[] = []
  const { result } = await hunt(
    {
      search,
      paths: [folder],
      macros: new Map(),
      lookups: new Map(),
      now: 1_800_000_000,
      explain: false,
      scope: { hosts: [] },
      workers,
    },
    {
      // That rows of head are in the order of reading is said of any search of the kind.
      diagnostic: ({ code, message }) =>
        code === 'P054' ? undefined : problems.push(message),
      unusable: (m) => problems.push(m),
      problem: (m) => problems.push(m),
    },
    new AbortController().signal,
  )
  expect(problems).toEqual([])
  const { rows, columns, refusal } = result!
  return { refusal, table: rows.map((r) => columns.map((c) => r.get(c))) }
}

const searches = [
  'EventCode=1 | stats count by host, process_name',
  'EventCode=1 Image="*p3.exe" | table _time host CommandLine',
  '* | sort - _time | head 20',
  'EventCode=3 | head 5',
  'EventCode=1 [search EventCode=3 host=WS1 | head 2 | fields Image] | table host ProcessId CommandLine',
  'EventCode=1 host=WS2 | join type=inner ProcessId [search EventCode=1 host=WS3 | stats count as others by ProcessId] | table ProcessId others',
  'EventCode=1 | streamstats count by host | where count=100 | table host CommandLine',
  'EventCode=1 earliest="01/02/2026:03:02:00" latest="01/02/2026:03:04:00" | stats count',
  '* | append [search EventCode=3 | stats count] | stats count, values(count)',
]

describe('hunt in threads', () => {
  it.each(searches)('%s', async (search) => {
    const one = await rows(search, 0)
    expect(one.refusal).toBeUndefined()
    expect(one.table.length).toBeGreaterThan(0)
    for (const workers of [1, 2, 3]) {
      expect(await rows(search, workers)).toEqual(one)
    }
  })
})
