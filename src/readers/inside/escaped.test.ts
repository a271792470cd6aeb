import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { escapes } from '../../../test/tools/escapes.ts'
import { pipeSample, xmlEvent } from '../../../test/tools/json-builders.ts'
import { recogniseFormat } from '../index.ts'
import type { StreamFormat } from '../reader.ts'
import { unescapedOnce } from './escaped.ts'

// As Windows renders it for others; quotes of the other kind would need no escape, and nothing would tell.
const xml = xmlEvent(pipeSample).replaceAll("'", '"')
const json = JSON.stringify({
  win: {
    system: {
      providerName: 'Microsoft-Windows-Sysmon',
      eventID: '17',
      channel: 'Microsoft-Windows-Sysmon/Operational',
      computer: 'ws7',
      systemTime: '2026-03-04T10:20:30.125Z',
    },
    eventdata: { pipeName: '\\\\example_4f', image: 'C:\\\\a.exe' },
  },
})
const header = '2026 Mar 04 10:20:31 (ws7) any->EventChannel '

function pipes(text: string) {
  const format = recogniseFormat(Buffer.from(text), 'x.log') as StreamFormat
  const { records, damages } = collect(format, text)
  expect(damages).toEqual([])
  return records.map((r) => r.fields.PipeName)
}

const found = '\\example_4f'

describe.each([
  ['event XML', xml],
  ['JSON', json],
])('%s that is escaped', (_, event) => {
  it.each(escapes)('%s is read in lines behind a header', (_, escaped) => {
    const line = `${header}${escaped(event)}\n`
    expect(pipes(line.repeat(2))).toEqual([found, found])
  })

  it.each(escapes)('%s is read in a member', (_, escaped) => {
    for (const prefix of ['', header]) {
      const full_log = `${prefix}${escaped(event)}`
      const line = `${JSON.stringify({ agent: { name: 'ws7' }, full_log })}\n`
      expect(pipes(line)).toEqual([found])
    }
  })
})

it('event XML in a member of JSON behind a header is read with its quotes', () => {
  const text = `${header}${JSON.stringify({ win: { event: xml } })}\n`
  expect(pipes(text)).toEqual([found])
})

it('nothing is taken away where no event begins with an escape', () => {
  for (const text of ['a &lt;b', '{"a":"{\\"b\\":1}"}', 'C:\\{1}', xml])
    expect(unescapedOnce(text)).toBeUndefined()
})
