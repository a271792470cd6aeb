import { describe, expect, it } from 'vitest'

import { agentLines } from '../../../test/tools/agent-lines.ts'
import { collect } from '../../../test/tools/collect.ts'
import { recogniseFormat } from '../index.ts'
import type { StreamFormat } from '../reader.ts'

const found = {
  EventID: 17,
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Computer: 'ws7',
  PipeName: '\\example_4f',
}
function read(text: string, name: string) {
  const format = recogniseFormat(Buffer.from(text), name) as StreamFormat
  const { records, damages } = collect(format, text)
  expect(damages).toEqual([])
  return records.map((r) => r.fields)
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe.each(agentLines)('a line of %s', (_, line) => {
  it.each(['payload', 'utf8_payload', 'Payload', 'message'])(
    'is read in the member %s',
    (name) => {
      const row = { starttime: 1_772_619_630_000, [name]: line }
      for (const answer of [row, { events: [row] }])
        expect(read(`${JSON.stringify(answer)}\n`, 'a.json')).toMatchObject([
          found,
        ])
    },
  )

  it('is read in base64', () => {
    for (const name of ['payload', 'utf8_payload', 'base64_payload'])
      expect(
        read(`${JSON.stringify({ qid: 5, [name]: base64(line) })}\n`, 'a.json'),
      ).toMatchObject([found])
  })

  it('is read in a column, whose heading is no lost record', () => {
    const text = `starttime,qid,payload\n1772619630000,5,${cell(line)}\n`
    expect(read(text, 'a.csv')).toMatchObject([found])
  })
})

it('a heading before lines is no lost record', () => {
  for (const [, line] of agentLines.slice(0, 3))
    expect(read(`Payload\n${line}\n`, 'a.csv')).toMatchObject([found])
})
