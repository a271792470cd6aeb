import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { recogniseFormat } from '../index.ts'
import { jsonl } from './index.ts'

const object = { product: 'windows', EventID: 5, nested: { list: [{ a: 1 }] } }
const pretty = JSON.stringify(object, null, 2)

describe('text around the data', () => {
  it.each([
    ['lines that number records', `Record 1\n${pretty}\nRecord 2\n${pretty}\n`],
    [
      'a prompt and its command',
      `PS C:\\> Get-Thing | ConvertTo-Json\n${pretty}\n\nPS C:\\> \n${pretty}`,
    ],
    ['a shell prompt', `$ thing --json\n${pretty}\n$ thing\n${pretty}\n`],
    [
      'a prompt behind them',
      `ana@web1:~$ cat x\n${pretty}\n${pretty}\nana@web1:~$\n`,
    ],
    ['a fence', `\`\`\`json\n${pretty}\n${pretty}\n\`\`\`\n`],
    ['rules', `----------\n${pretty}\n==========\n${pretty}\n`],
    [
      'a prompt before a list',
      `PS C:\\> x\n${JSON.stringify([object, object], null, 4)}\n`,
    ],
  ])('as %s is no loss', (_, text) => {
    expect(recogniseFormat(Buffer.from(text), 'x.txt')?.name).toBe('jsonl')
    for (const blocks of [[text.length], [7]]) {
      const got = collect(jsonl, text, { blocks })
      expect(got.damages).toEqual([])
      expect(got.records).toHaveLength(2)
    }
  })

  it.each([
    ['a banner', 'Dumper version 1.2\nby nobody\n\n'],
    ['the head of an answer', 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n'],
  ])('as %s before them is no loss', (_, above) => {
    const got = collect(jsonl, `${above}${pretty}\n`)
    expect(got.records).toHaveLength(1)
    expect(got.damages).toEqual([])
  })

  it('among them is said once, and is no record', () => {
    const text = `{ "a": 1,\n  "product": "x" }\nsome words\nand others\n`
    const got = collect(jsonl, `a tool\n${text}`)
    expect(got.records.map((r) => r.fields)).toEqual([{ a: 1, product: 'x' }])
    expect(got.damages).toMatchObject([{ what: 'text' }])
    expect(got.damages[0]!.lost).toBeUndefined()
  })
})

describe("a list that a line's prefix opens", () => {
  it('is closed behind the object', () => {
    const line = (n: number) =>
      `bit | [${n}] win: [17.5, ${JSON.stringify(object)}]`
    const text = `${line(0)}\n${line(1)}\n`
    expect(recogniseFormat(Buffer.from(text), 'x')?.name).toBe('jsonl')
    const got = collect(jsonl, text)
    expect(got.records).toHaveLength(2)
    expect(got.damages).toEqual([])
  })
})

describe('a syslog header before an object', () => {
  const header = '<13>Mar  4 10:20:30 web1 agent: '
  const read = (object: unknown) =>
    collect(jsonl, `${header}${JSON.stringify(object)}\n`).records[0]!.fields

  it('names the host where the object names none', () => {
    expect(read({ product: 'linux', Image: '/bin/a' }).host).toBe('web1')
    expect(read({ event: { product: 'linux', Image: '/bin/a' } }).host).toBe(
      'web1',
    )
  })

  it('is that of a relay where it does', () => {
    expect(read({ product: 'linux', Computer: 'db7' })).toEqual({
      product: 'linux',
      Computer: 'db7',
    })
  })
})
