// The schema says who fills a field; what is promised of a log source goes by it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { fieldOf } from '../../src/event/event.ts'
import { type FieldRow, namesIn } from '../../src/event/schema/field.ts'
import { schema } from '../../src/event/schema/index.ts'

import { readEvents } from '../../src/app/input.ts'

const root = join('content', 'rules')
const evidence = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((f) => /[\\/](?:fires|silent|gaps)[\\/][^\\/]+$/.test(f))
  .map((f) => join(root, f))

/** By family of records, as the schema calls it. */
const sources = new Map([
  ['linux-audit', 'auditd'],
  ['endpoint-security', 'endpointsecurity'],
  ['document', 'document'],
  ['script', 'script'],
])
const rows = Object.entries<FieldRow>(schema)

it('names each source that fills a field', async () => {
  const unnamed = new Set<string>()
  const met = new Set<string>()
  await readEvents(
    evidence,
    (event) => {
      const source = sources.get(event.shape.provenance.family)
      if (!source) return
      met.add(source)
      for (const [name, row] of rows) {
        if (namesIn(row.sources).includes(source)) continue
        if (event.shape.indexOf(name) < 0) continue
        if (fieldOf(event, name) != null) unnamed.add(`${name}: ${source}`)
      }
    },
    { unusable() {}, problem() {}, note() {} },
    new AbortController().signal,
  )
  expect([...met].sort()).toEqual([...sources.values()].sort())
  expect([...unnamed]).toEqual([])
})
