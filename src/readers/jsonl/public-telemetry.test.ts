// Public recordings in five dialects beside the flat values that an independent converter made of them. Runs where the
// recordings are: they are not part of this repository.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { openReader, recogniseFormat } from '../index.ts'
import { readSource } from '../source.ts'

const data = process.env.IPCWATCH_DATA ?? '../shared/data'
const expected = join(data, 'sigma/telemetry/mordor.ndjson.gz')

interface Expected {
  readonly file: string
  readonly line: number
  readonly event: { readonly [name: string]: unknown }
}

/** What the converter adds or leaves as it is: names of process creation 4688, and escaped anonymous pipes. */
function isKnownDifference(name: string, theirs: unknown, ours: unknown) {
  return (
    (ours === undefined && (name === 'Image' || name === 'ParentImage')) ||
    (name === 'PipeName' && theirs === '&lt;Anonymous Pipe&gt;')
  )
}

describe.skipIf(!existsSync(expected))('public recordings', () => {
  it('give the values that another converter gives', async () => {
    const byFile = new Map<string, Map<number, Expected['event']>>()
    const lines = gunzipSync(readFileSync(expected)).toString().trim()
    for (const text of lines.split('\n')) {
      const { file, line, event }: Expected = JSON.parse(text)
      const events = byFile.get(file) ?? new Map()
      byFile.set(file, events.set(line, event))
    }
    const differences: string[] = []
    let compared = 0
    for (const [file, events] of byFile) {
      await readSource(
        { path: join(data, 'dev', file), display: file },
        {
          problem: () => {},
          open: (member, head) =>
            openReader(recogniseFormat(head, member.name)!, {
              sink: {
                record(r) {
                  const event = events.get(r.number) ?? {}
                  events.delete(r.number)
                  for (const [name, theirs] of Object.entries(event)) {
                    const i = r.shape.indexOf(name)
                    const ours = i < 0 ? undefined : r.value(i)
                    compared++
                    if (
                      String(theirs) !== String(ours) &&
                      !Array.isArray(ours) &&
                      !isKnownDifference(name, theirs, ours)
                    ) {
                      differences.push(`${file}:${r.number} ${name}`)
                    }
                  }
                },
                skipped: () => {},
                damaged: () => {},
                unknownShape: () => {},
                shapeSeen: () => {},
              },
            }),
        },
      )
      expect(events.size).toBe(0)
    }
    expect(differences).toEqual([])
    expect(compared).toBeGreaterThan(160_000)
  })
})
