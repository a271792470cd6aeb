import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { drawnTables } from '../../../test/tools/text-shapes.ts'
import { recogniseFormat } from '../index.ts'
import { textTable } from './index.ts'

const formatOf = (text: string, name = 'x.txt') =>
  recogniseFormat(Buffer.from(text), name)?.name

function read(text: string) {
  expect(formatOf(text)).toBe('text-table')
  const whole = collect(textTable, text)
  const cut = collect(textTable, text, { blocks: [5] })
  expect(cut.records.map((r) => r.fields)).toEqual(
    whole.records.map((r) => r.fields),
  )
  return whole
}

describe('a process start in a table that is drawn as text', () => {
  it.each(Object.entries(drawnTables()))('%s', (_, text) => {
    const { records, damages } = read(text)
    expect(damages).toEqual([])
    expect(records).toHaveLength(2)
    for (const { fields, provenance } of records) {
      expect(provenance).toMatchObject({ family: 'windows', id: '4688' })
      expect(fields).toMatchObject({
        EventID: 4688,
        Computer: 'ws1',
        NewProcessName: 'C:\\t\\probe.exe',
        CommandLine: 'probe.exe -x',
        SubjectUserName: 'ana',
      })
    }
  })
})

const markdown = (cell: string) =>
  `|EventID|Channel|CommandLine|\n|--|--|--|\n|1|C|${cell}|\n`
const box = (...lines: readonly string[]) =>
  [
    '+---------+---------+-------------+',
    '| EventID | Channel | CommandLine |',
    '+---------+---------+-------------+',
    ...lines,
    '+---------+---------+-------------+\n',
  ].join('\n')
const commands = (text: string) => {
  const { records, damages } = read(text)
  expect(damages).toEqual([])
  return records.map((r) => r.fields.CommandLine)
}

describe('a cell', () => {
  it('of Markdown has no marks', () => {
    expect(commands(markdown('`a \\| b`'))).toEqual(['a | b'])
    expect(commands(markdown('a &#124; b<br>c'))).toEqual(['a | b\nc'])
    expect(commands(markdown('\\\\host\\share'))).toEqual(['\\\\host\\share'])
  })

  it('of a box may hold a bar, or a line break', () => {
    expect(commands(box('|       1 | C       | a | b > c   |'))).toEqual([
      'a | b > c',
    ])
    expect(
      commands(box('|       1 | C       | a', 'b | c', 'd |', '| 2 | C | e |')),
    ).toEqual(['a\nb | c\nd', 'e'])
  })

  it('of psql goes on in the next line', () => {
    const rows = [
      '|       1 | C       | a          +|',
      '|         |         | b           |',
      '|       2 | C       | c+          |',
    ]
    expect(commands(box(...rows))).toEqual(['a\nb', 'c+'])
  })

  it('without text says nothing', () => {
    const { records } = read(box('|       1 | C       | NULL        |'))
    expect(records[0]!.fields).not.toHaveProperty('CommandLine')
  })
})

describe('rows', () => {
  it('have the line and the byte where they begin', () => {
    const text = `é\n\n${markdown('a')}`
    const { records } = read(text)
    expect(records).toMatchObject([
      {
        number: 5,
        offset: Buffer.byteLength(text.slice(0, text.indexOf('|1'))),
      },
    ])
  })

  it('with other cells than names are said and kept', () => {
    const { records, damages } = read(`${markdown('a')}|2|C|x|y|\n|3|C|\n`)
    expect(records.map((r) => r.fields.EventID)).toEqual(['1', '2', '3'])
    expect(records[1]!.fields).toMatchObject({ CommandLine: 'x', column4: 'y' })
    expect(damages.map((d) => d.message)).toEqual([
      'line 4: a row of 4 cells below 3 names',
      'line 5: a row of 2 cells below 3 names',
    ])
  })

  it('of several tables are each below their own names', () => {
    const text = `${markdown('a')}\nwords\n\n${box('|       2 | C       | b           |')}`
    expect(commands(text)).toEqual(['a', 'b'])
  })
})

describe('what only looks like a table of events is none', () => {
  it.each([
    ['a table of other things', '| Name | Age |\n|---|---|\n| Ana | 7 |\n'],
    ['a page with front matter', '---\ntitle: x\n---\n\nEventID: 1\n'],
    ['headings that are underlined', 'EventID\n=======\n\nChannel\n-------\n'],
    ['a pipeline', 'cat a | grep EventID | sort\n----\n'],
    ['a diagram', '+-----+   +-----+\n| a   |-->| b   |\n+-----+   +-----+\n'],
  ])('%s', (_, text) => {
    expect(formatOf(text)).not.toBe('text-table')
  })

  it('a table with bars between cells and no rule is one of CSV', () => {
    expect(formatOf('EventID|Channel|CommandLine\n1|C|a\n')).toBe('csv')
  })
})
