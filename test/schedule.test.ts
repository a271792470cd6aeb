// A schedule in a file: what is said where it is wrong, and of rules where there is none.
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { scheduleIn } from '../src/app/schedule/schedule-file.ts'
import { splitRules } from '../src/app/rules/enriched-rules.ts'
import { scan } from '../src/app/scan/scan.ts'
import { loadRules } from '../src/content/load.ts'

const said = (text: string) =>
  scheduleIn(text, 'schedule.yml').diagnostics.map(
    (d) => `${d.position!.line}:${d.position!.column} ${d.message}`,
  )

describe('a schedule', () => {
  it.each([
    ['windows: [', '1:11 '],
    ['window: []', '1:1 unknown key "window"; did you mean "windows"?'],
    ['windows: [{ name: a }]', '1:11 "when" is missing: when it is open'],
    [
      'windows:\n  - name: a\n    when: [daily 22:00-04:00, Tue#6 22:00-04:00]',
      '3:31 window "a": expected a weekday of the month such as Tue#2 or Fri#last, found "tue#6"',
    ],
    [
      'time-zone: Europe/Berlim\nlearn: { weeks: 2 }',
      '1:12 expected a time zone: UTC, local, +02:00 or a name such as Europe/Berlin, found the text "Europe/Berlim"',
    ],
    [
      'learn: { weeks: 9 }',
      '1:17 expected in how many weeks it must have run in that hour: 1 to 8, found the number 9',
    ],
    [
      'learn: { weeks: 2 }\nmanagement: [{ name: all }]',
      '2:14 management "all": expected image, command or user: without any, every program would be management',
    ],
    [
      'time-zone: UTC',
      '1:1 expected windows or learn: else no hour is out of cycle',
    ],
    [
      '- a',
      '1:1 expected a mapping of time-zone, windows, management, learn, found a list',
    ],
  ])('that is wrong says where and what was expected: %s', (text, message) => {
    const [first, ...others] = said(text)
    expect(first).toContain(message)
    expect(others).toEqual([])
  })

  const folder = join(
    'content',
    'rules',
    'windows',
    'script',
    'management-tool-outside-of-maintenance',
  )
  const rules = { paths: [join(folder, 'rule.yml')], builtin: false }

  it('that is not given makes nothing wait, and rules on it blind', async () => {
    const { rules: loaded } = await loadRules(rules)
    expect(splitRules(loaded, { hasSchedule: true }).onMade).toHaveLength(1)
    expect(splitRules(loaded, { hasSchedule: false }).onMade).toEqual([])
    const summary = await scan(
      {
        paths: [join(folder, 'fires')],
        rules,
        selection: { rules: [], techniques: [] },
        hosts: [],
        index: true,
        routing: true,
        workers: 0,
      },
      {
        finding: () => expect.unreachable(),
        diagnostic: () => {},
        problem: () => {},
        progress: () => {},
      },
      new AbortController().signal,
    )
    expect(summary.rules.blind.map((b) => b.why)).toEqual([
      'OutOfCycle is unknown: no schedule is given (--schedule FILE)',
    ])
  })
})
