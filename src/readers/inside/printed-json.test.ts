import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { coloured, entries } from '../../../test/tools/jq.ts'
import { recogniseFormat } from '../index.ts'
import type { StreamFormat } from '../reader.ts'

const event = {
  EventID: 17,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Computer: 'ws7',
  PipeName: '\\example_4f',
}
const nested = {
  event: {
    System: { EventID: 17, Channel: event.Channel },
    EventData: { PipeName: event.PipeName },
  },
}

function pipes(text: string) {
  const format = recogniseFormat(Buffer.from(text), 'x') as StreamFormat
  const { records, damages } = collect(format, text)
  expect(damages).toEqual([])
  return records.map((r) => r.fields.PipeName)
}

describe('JSON as jq writes it', () => {
  it.each([0, 2])('in colours is read, indented by %i', (indent) => {
    for (const value of [event, nested])
      expect(pipes(`${coloured(value, indent)}\n`.repeat(2))).toEqual([
        event.PipeName,
        event.PipeName,
      ])
    expect(pipes(`${coloured([event], indent)}\n`)).toEqual([event.PipeName])
  })

  it.each([0, 2])(
    'as a list of its members is read, indented by %i',
    (indent) => {
      for (const value of [event, nested]) {
        const text = `${JSON.stringify(entries(value), null, indent)}\n`
        expect(pipes(text.repeat(2))).toEqual([event.PipeName, event.PipeName])
      }
    },
  )
})

it('packed text is read in a member of whatever name', () => {
  const packed = gzipSync(JSON.stringify(event)).toString('base64')
  expect(pipes(`${JSON.stringify({ id: 1, anything: packed })}\n`)).toEqual([
    event.PipeName,
  ])
})
