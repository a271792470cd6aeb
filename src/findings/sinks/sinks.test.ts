import { describe, expect, it } from 'vitest'

import { type Zone, zoneOf } from '../../base/zone.ts'

import type { Finding } from '../finding.ts'
import { WrittenText } from '../written.ts'
import { type SinkName, sinks } from './index.ts'

const finding: Finding = {
  id: '0123',
  time: '2026-01-01T00:00:00.000Z',
  host: 'WS\u009b1',
  rule: { id: 'r1', title: '=a \u202epipe', level: 'high' },
  techniques: ['T1559'],
  evidence: [
    {
      file: 'a\u001b[2J.jsonl',
      record: 7,
      offset: 4096,
      time: '2026-01-01T00:00:00.000Z',
      logSource: { product: 'windows' },
      fields: { 'A\u007f': 'x\u0085\r\ny' },
    },
  ],
  explanation: {
    held: ['Image is \u2066'],
    missing: [],
    benign: [],
    mitigations: [],
    silence: [],
  },
}

function write(
  name: SinkName,
  findings: readonly Finding[],
  zone?: Zone,
): string {
  let text = ''
  const sink = sinks[name].open({
    write(part) {
      text += Buffer.from(part).toString()
    },
    colour: false,
    width: Number.POSITIVE_INFINITY,
    examples: 3,
    ...(zone && { zone }),
  })
  for (const f of findings) sink.finding(new WrittenText(JSON.stringify(f)))
  sink.end()
  return text
}

describe('sinks', () => {
  it.each(Object.keys(sinks) as SinkName[])(
    'lets nothing steer a terminal: %s',
    (name) => {
      expect(write(name, [finding])).not.toMatch(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/,
      )
    },
  )

  it('writes NDJSON and JSON that mean the finding', () => {
    const [line, rest] = write('ndjson', [finding]).split('\n')
    expect(JSON.parse(line!)).toEqual(finding)
    expect(rest).toBe('')
    expect(JSON.parse(write('json', [finding, finding]))).toEqual([
      finding,
      finding,
    ])
  })

  it('writes whole documents where nothing was found', () => {
    expect(JSON.parse(write('json', []))).toEqual([])
    expect(write('csv', [])).toMatch(/^time,level,title,[^\n]*\n$/)
    expect(write('ndjson', [])).toBe('')
  })

  it('shows times to people where they are, and UTC to programs', () => {
    const zone = zoneOf('+02:00')!
    expect(write('table', [finding], zone)).toContain('T02:00:00.000+02:00')
    expect(write('csv', [finding], zone)).toContain('T02:00:00.000+02:00')
    expect(write('ndjson', [finding], zone)).toBe(write('ndjson', [finding]))
  })

  it('names in CSV the other rules and the incident of a finding', () => {
    const other = { id: 'r2', title: 'said again', level: 'low' } as const
    const row = write('csv', [
      { ...finding, alsoRules: [other], incident: 'i7' },
    ])
    expect(row).toContain(',alsoRules,incident,id\n')
    expect(row).toContain(',said again,i7,')
  })

  it('arms no formula in CSV', () => {
    expect(write('csv', [finding])).toContain(`'=a \\u202epipe`)
  })
})
