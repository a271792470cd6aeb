// How do incidents read? The examples of this project, as people see them at 80 and at 120 columns.
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { scan } from '../src/app/scan/scan.ts'
import { FindingTable } from '../src/findings/sinks/table.ts'

async function incidentsAt(width: number): Promise<string> {
  let text = ''
  const table = new FindingTable({
    write(part) {
      text += Buffer.from(part).toString()
    },
    colour: false,
    width,
    examples: 0,
  })
  const told = (message: string) => expect.unreachable(message)
  await scan(
    {
      paths: ['examples'],
      rules: { paths: [join('content', 'rules')], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
    },
    {
      finding: (finding) => table.finding(finding),
      diagnostic: (d) => told(d.message),
      problem: () => {},
      progress: () => {},
    },
    new AbortController().signal,
  )
  table.end()
  return text.slice(0, text.indexOf('\nBy rule\n'))
}

describe('incidents', () => {
  it.each([80, 120])(
    'of the examples read well at %i columns',
    async (width) => {
      const text = await incidentsAt(width)
      for (const line of text.split('\n'))
        expect(line.length).toBeLessThanOrEqual(width)
      await expect(text).toMatchFileSnapshot(
        join('golden', `incidents-${width}.txt`),
      )
    },
  )
})
