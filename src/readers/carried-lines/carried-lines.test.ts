import { describe, expect, it } from 'vitest'

import { auditRecords } from '../../../test/tools/carriers.ts'
import { collect } from '../../../test/tools/collect.ts'
import { pipeSample, xmlEvent } from '../../../test/tools/json-builders.ts'
import { recogniseFormat } from '../index.ts'
import { carriedLines } from './index.ts'

const flat = JSON.stringify({
  product: 'windows',
  EventID: 5,
  Image: 'a'.repeat(90),
})
const xml = xmlEvent(pipeSample)

const head = (stream: string, tag: string) =>
  `2026-03-04T10:20:31.000000001Z ${stream} ${tag} `
const cri = (text: string, size: number) => {
  const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs'))!
  return pieces
    .map(
      (p, i) => `${head('stdout', i === pieces.length - 1 ? 'F' : 'P')}${p}\n`,
    )
    .join(`${head('stderr', 'F')}between\n`)
}

function read(text: string) {
  expect(recogniseFormat(Buffer.from(text), 'x.log')?.name).toBe(
    'carried-lines',
  )
  const whole = collect(carriedLines, text)
  const cut = collect(carriedLines, text, { blocks: [11] })
  expect(cut.records.map((r) => r.fields)).toEqual(
    whole.records.map((r) => r.fields),
  )
  return whole
}

describe('lines of a container', () => {
  it.each([
    ['JSON', flat, 'hints'],
    ['event XML', xml, 'windows'],
    ['audit records', auditRecords[0], 'linux-audit'],
  ])('in pieces are joined: %s', (_, text, family) => {
    const { records } = read(cri(text, 50))
    expect(records.map((r) => r.provenance.family)).toEqual([family])
    const [whole] = read(cri(text, 100_000)).records
    expect(records[0]!.fields).toEqual(whole!.fields)
  })

  it('are records of one audit event, and say what else there was', () => {
    const { records, damages } = read(
      auditRecords.map((r) => cri(r, 60)).join(''),
    )
    expect(records.map((r) => r.provenance.id)).toEqual(['SYSCALL+EXECVE'])
    expect(damages).toMatchObject([
      {
        what: 'text',
        message: expect.stringMatching(/^\d+ lines without an event/),
      },
    ])
  })

  it('whose last piece is missing are given as far as they are there', () => {
    const text = `${head('stdout', 'P')}${flat}\n`
    expect(read(text).records).toHaveLength(1)
  })
})

describe('lines of several kinds', () => {
  it.each([
    ['plain', (line: string) => line],
    [
      'behind the labels of logcli',
      (line: string) => `2026-03-04T10:20:31Z {host="ws1", job="x"} ${line}`,
    ],
    [
      'behind a stream of CloudWatch',
      (line: string) => `2026-03-04T10:20:31.000000+00:00 i-0abc ${line}`,
    ],
    [
      'behind the coloured name of a container',
      (line: string) => `\x1b[36mweb_1  |\x1b[0m ${line}`,
    ],
  ])('are each read: %s', (_, carried) => {
    const lines = [...auditRecords, xml, flat, 'some words']
    const { records } = read(`${lines.map(carried).join('\n')}\n`)
    expect(records.map((r) => r.provenance.family).sort()).toEqual([
      'hints',
      'linux-audit',
      'windows',
    ])
  })
})
