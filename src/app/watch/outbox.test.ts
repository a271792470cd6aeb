import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Outbox } from './outbox.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-outbox-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const start = { segment: 0, offset: 0 }
const large = 1024 ** 3

function finding(id: string, file = 'a.log', text = id): string {
  return JSON.stringify({
    id,
    time: null,
    host: 'h',
    rule: { id: 'r', title: 'R', level: 'low' },
    techniques: [],
    evidence: [
      {
        file,
        record: 1,
        offset: 0,
        time: null,
        logSource: {},
        fields: { text },
      },
    ],
    explanation: {
      held: [],
      missing: [],
      benign: [],
      mitigations: [],
      silence: [],
    },
  })
}

describe('findings on their way out', () => {
  it('are kept once by their id, in this run and the next', () => {
    const first = new Outbox(folder, large)
    expect(first.append([finding('1'), finding('1'), finding('2')])).toBe(2)
    first.close()
    const second = new Outbox(folder, large)
    expect(second.append([finding('2'), finding('3')])).toBe(1)
    expect(second.read(start).lines).toEqual(
      ['1', '2', '3'].map((n) => finding(n)),
    )
    second.close()
  })

  it('are one where a log was copied while it was read, and two where two logs say the same', () => {
    const outbox = new Outbox(folder, large)
    const lines = [
      finding('1', 'a/app.log', 'x'),
      finding('2', 'a/app.log.1', 'x'),
      finding('3', 'b/app.log', 'x'),
    ]
    expect(outbox.append(lines)).toBe(2)
    outbox.close()
  })

  it('lose a line that a fall cut off', () => {
    const first = new Outbox(folder, large)
    first.append([finding('1')])
    first.close()
    appendFileSync(join(folder, readdirSync(folder)[0]!), '{"id":"2"')
    const second = new Outbox(folder, large)
    expect(second.read(start).lines).toEqual([finding('1')])
    expect(second.append([finding('2')])).toBe(1)
    second.close()
  })

  it('go over the bound from the oldest on, and whoever did not have them is told how many', () => {
    const text = 'x'.repeat(1024 * 1024)
    const outbox = new Outbox(folder, 20 * 1024 * 1024)
    for (let i = 0; i < 40; i++) {
      outbox.append([finding(String(i), `${i}.log`, text + i)])
      outbox.trim([start])
    }
    let cursor = start
    let [read, lost] = [0, 0]
    for (;;) {
      const next = outbox.read(cursor)
      lost += next.lost
      if (!next.lines.length) break
      read += next.lines.length
      cursor = next.next
    }
    expect(lost).toBeGreaterThan(0)
    expect(read + lost).toBe(40)
    outbox.close()
  })
})
