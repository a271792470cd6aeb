// What rules do not ask for is not decoded. That changes nothing of what is found: documents of every format, plain, hidden and harmless, give the
// same findings to the rules of the product alone and beside rules that ask for every record and every action of scripts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { scan } from '../../src/app/scan/scan.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { madeDocuments, madeTables } from './made.ts'
import { documentSeeds } from './seeds.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-gated-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const rule = (id: string, logSource: string) =>
  `title: ${id}\nid: ${id}-7c1f-4b0e-9d55-3f0c7a1e9d10\nstatus: test\nlevel: low\nlogsource:\n  ${logSource}\ndetection:\n  keywords:\n    - no document says 7f3ac1\n  condition: keywords\n`
const asking = join(folder, 'asking')
mkdirSync(asking)
writeFileSync(
  join(asking, 'rows.yml'),
  // A row of an unknown table may be of any product.
  rule('0a000001', 'product: windows'),
)
writeFileSync(
  join(asking, 'scripts.yml'),
  rule('0a000002', 'category: script_action'),
)
writeFileSync(
  join(asking, 'documents.yml'),
  rule('0a000003', 'category: document_item'),
)

async function found(of: string, paths: readonly string[]) {
  const findings: string[] = []
  const summary = await scan(
    {
      paths: [of],
      rules: { paths, builtin: true },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
    },
    {
      finding: (f) => {
        const { rule, evidence } = JSON.parse(f.text()) as Finding
        for (const { file, offset, fields } of evidence)
          findings.push(
            `${basename(file)} ${offset} ${rule.title} ${JSON.stringify(fields)}`,
          )
      },
      diagnostic: (d) => findings.push(`${d.severity} ${d.message}`),
      problem() {},
      progress() {},
    },
    new AbortController().signal,
  )
  return { findings: findings.sort(), summary }
}

const sets = {
  made: madeDocuments,
  tables: madeTables,
  seeds: documentSeeds,
}

describe.each(Object.entries(sets))('documents (%s)', (name, make) => {
  it('give the same findings whether or not all of them is asked for', async () => {
    const into = join(folder, name)
    mkdirSync(into)
    for (const { name, bytes } of make()) writeFileSync(join(into, name), bytes)
    const gated = await found(into, [])
    const all = await found(into, [asking])
    expect(gated.findings.length).toBeGreaterThan(20)
    expect(gated.findings).toEqual(all.findings)
    expect(gated.summary.events).toBeLessThanOrEqual(all.summary.events)
  })
})
