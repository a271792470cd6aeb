// One incident, one story: what belongs together, what does not, and how it reads.
import { describe, expect, it } from 'vitest'

import type { Evidence, Finding } from '../finding.ts'
import { IncidentList } from './incident-list.ts'
import { memberOf, memberOfLine } from './member.ts'

let record = 0

function finding(
  seconds: number,
  ties: readonly string[],
  over: Partial<Finding> & { readonly fields?: Evidence['fields'] } = {},
): Finding {
  record++
  const time = new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()
  const { fields = { Image: 'C:\\a.exe' }, ...rest } = over
  return {
    id: `f${record}`,
    time,
    host: 'WS1',
    rule: { id: 'r1', title: 'A rule', level: 'high' },
    techniques: ['T1559'],
    evidence: [
      {
        file: 'a.evtx',
        record,
        offset: record,
        time,
        logSource: {},
        ties,
        fields,
      },
    ],
    explanation: {
      held: [],
      missing: [],
      benign: [],
      mitigations: [],
      silence: [],
    },
    ...rest,
  }
}

function grouped(findings: readonly Finding[]) {
  const list = new IncidentList()
  for (const f of findings) list.add(f)
  return list.incidents()
}

describe('a line', () => {
  it('says of its finding what decides of its incident', () => {
    const f = finding(0, ['pipe \\a"],"b', 'process {a}'], { host: 'W"S' })
    expect(memberOfLine(JSON.stringify(f))).toEqual(memberOf(f))
    const plain = finding(0, [], { host: null })
    expect(memberOfLine(JSON.stringify(plain))).toEqual(memberOf(plain))
  })
})

describe('findings', () => {
  it('that share a process, a session or an endpoint are one incident', () => {
    const all = grouped([
      finding(0, ['process {a}']),
      finding(1, ['process {a}', 'pipe \\x']),
      finding(2, ['pipe \\x'], {
        rule: { id: 'r2', title: 'Other', level: 'medium' },
      }),
    ])
    expect(all).toHaveLength(1)
    expect(all[0]!.findings).toBe(3)
    expect(all[0]!.gravest.rule.title).toBe('A rule')
  })

  it('that a later one ties together become one', () => {
    const all = grouped([
      finding(0, ['process {a}']),
      finding(1, ['process {b}']),
      finding(2, ['process {a}', 'process {b}']),
    ])
    expect(all.map((i) => i.findings)).toEqual([3])
  })

  it('of other hosts, or of a pid an hour later, are others', () => {
    const all = grouped([
      finding(0, ['pid 44']),
      finding(1, ['pid 44'], { host: 'WS2' }),
      finding(3600, ['pid 44']),
    ])
    expect(all).toHaveLength(3)
  })

  it('on one record are one, and so is the same thing done 246 times', () => {
    const first = finding(0, [])
    const all = grouped([
      first,
      { ...first, id: 'g', rule: { id: 'r2', title: 'Other', level: 'low' } },
    ])
    expect(all).toHaveLength(1)
    const often = grouped(
      Array.from({ length: 246 }, (_, i) => finding(i, ['process {c}'])),
    )
    expect(often).toHaveLength(1)
    expect(often[0]!.steps.map((s) => s.count)).toEqual([246])
  })

  it('of a file and of where it was opened are one, in either order, and hosts apart from each other else', () => {
    const file = () =>
      finding(0, ['file a.docx', 'named a.docx'], { host: null, time: null })
    const opened = (seconds: number, host: string) =>
      finding(seconds, ['named a.docx'], { host })
    for (const all of [
      [file(), opened(10, 'WS1'), opened(20, 'WS1')],
      [opened(10, 'WS1'), file()],
      [opened(10, 'WS1'), file(), opened(20, 'WS2')],
    ]) {
      expect(grouped(all)).toHaveLength(1)
    }
    expect(grouped([opened(10, 'WS1'), opened(20, 'WS2')])).toHaveLength(2)
    const days = 3 * 24 * 3600
    expect(
      grouped([file(), opened(10, 'WS1'), opened(days, 'WS2')]),
    ).toHaveLength(2)
  })

  it('that are low alone are no incident', () => {
    const low = { rule: { id: 'r3', title: 'Low', level: 'low' as const } }
    expect(grouped([finding(0, ['process {d}'], low)])).toEqual([])
  })
})
