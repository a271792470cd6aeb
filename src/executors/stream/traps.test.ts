// What other engines got wrong, one test each, with the index and without.
import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'

import { logSource } from '../../event/log-source.ts'

import { ANY, ONE, type Pattern, type Predicate } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'

import { eventOf, ruleOf } from '../../../test/tools/event-of.ts'

import { StreamExecutor } from './executor.ts'

type Fields = Record<string, Value>

function is(field: string, pattern: Pattern, cased = false): Predicate {
  return { kind: 'text', field, pattern, cased }
}

const not = (of: Predicate): Predicate => ({ kind: 'not', of })

describe.each([
  ['with the index', true],
  ['without the index', false],
])('%s', (_, index) => {
  function run(
    rules: DetectionRule[],
    events: Fields[],
    family: 'unknown' | 'hints' = 'unknown',
  ) {
    const executor = new StreamExecutor(rules, { index, routing: true })
    const found = events.map((fields) => {
      const matched: number[] = []
      executor.match(eventOf(fields, { family }), (r) => matched.push(r))
      return matched.length
    })
    return { found, executor }
  }
  const matches = (p: Predicate, ...events: Fields[]) =>
    run([ruleOf(p)], events).found.map((n) => n > 0)

  it('keeps a rule whose only other branch is negated', () => {
    const p: Predicate = {
      kind: 'or',
      of: [is('Image', ['a']), not(is('User', ['system']))],
    }
    expect(
      matches(p, { Image: 'x', User: 'ana' }, {}, { User: 'SYSTEM' }),
    ).toEqual([true, true, false])
  })

  it('finds a case-sensitive text that is not lower case', () => {
    const p = is('CommandLine', [ANY, 'IEX (New', ANY], true)
    expect(
      matches(
        p,
        { CommandLine: 'x IEX (New-Object)' },
        { CommandLine: 'x iex (new' },
      ),
    ).toEqual([true, false])
  })

  it('compares the text of numbers and booleans, and each item of a list', () => {
    const p = is('F', [ANY, '2', ANY])
    expect(
      matches(p, { F: 123 }, { F: ['a', 24] }, { F: [] }, { F: [null] }),
    ).toEqual([true, true, false, false])
    expect(matches(is('F', ['TRUE']), { F: true }, { F: 1 })).toEqual([
      true,
      false,
    ])
  })

  it('finds texts of one, two and three letters', () => {
    for (const text of ['^', '&&', 'net']) {
      const p = is('F', [ANY, text, ANY])
      expect(
        matches(p, { F: text }, { F: `ab${text}c` }, { F: 'n e & t' }),
      ).toEqual([true, true, false])
    }
  })

  it('keeps a dash for a value', () => {
    expect(
      matches(not(is('IpAddress', ['-'])), { IpAddress: '-' }, {}),
    ).toEqual([false, true])
  })

  it('tells empty, null and absent apart', () => {
    const events: Fields[] = [{ F: '' }, { F: null }, {}, { F: 'x' }]
    expect(matches(is('F', ['']), ...events)).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(matches({ kind: 'null', field: 'F' }, ...events)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(matches(not({ kind: 'null', field: 'F' }), ...events)).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect(matches({ kind: 'exists', field: 'F' }, ...events)).toEqual([
      true,
      true,
      false,
      true,
    ])
    expect(matches(is('F', [ANY]), ...events)).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('takes decimal text for a number, and nothing else', () => {
    const p: Predicate = { kind: 'number', field: 'F', op: 'eq', value: 401 }
    const yes: Value[] = [401, '401', '401.0', '0401']
    const no: Value[] = [
      '0x191',
      '401 ',
      ' 401',
      '+401',
      '4.01e2',
      '401.',
      '',
      true,
      '४०१',
      'NaN',
    ]
    expect(matches(p, ...[...yes, ...no].map((F) => ({ F })))).toEqual([
      ...yes.map(() => true),
      ...no.map(() => false),
    ])
    const less: Predicate = { kind: 'number', field: 'F', op: 'lt', value: 5 }
    expect(matches(less, { F: '0x1' }, { F: '-3.5' }, { F: null })).toEqual([
      false,
      true,
      false,
    ])
  })

  it('folds by letter: final sigma, and neither the dotted nor the dotless I', () => {
    expect(matches(is('F', ['ΟΔΟΣ']), { F: 'οδος' }, { F: 'οδοσ' })).toEqual([
      true,
      true,
    ])
    expect(
      matches(is('F', ['diskıİ']), { F: 'DISKıİ' }, { F: 'DISKIi' }),
    ).toEqual([true, false])
    expect(
      matches(is('F', [ANY, 'ДОМ', ANY]), { F: 'в доме' }, { F: '😀дОм' }),
    ).toEqual([true, true])
  })

  it('anchors wildcards, lets them cross line breaks, and counts a pair as one character', () => {
    expect(
      matches(
        is('F', ['a', ANY, 'c']),
        { F: 'a\nc' },
        { F: 'xa c' },
        { F: 'ac ' },
      ),
    ).toEqual([true, false, false])
    expect(
      matches(
        is('F', ['a', ONE, 'b']),
        { F: 'a\nb' },
        { F: 'ab' },
        { F: 'a😀b' },
        { F: 'axyb' },
      ),
    ).toEqual([true, false, true, false])
    expect(
      matches(is('F', [ANY, 'ab', ANY, 'b']), { F: 'ab' }, { F: 'abb' }),
    ).toEqual([false, true])
  })

  it('takes windash for one character of a set, not for a text of its own', () => {
    const p = is('F', [ANY, ' ', { oneOf: '-/\u2013\u2014\u2015' }, 'enc', ANY])
    expect(
      matches(p, { F: 'p –ENC x' }, { F: 'p /enc' }, { F: 'p enc' }),
    ).toEqual([true, true, false])
  })

  it('reads field names exactly', () => {
    expect(
      matches(is('Image', ['x']), { image: 'x' }, { 'Image ': 'x' }),
    ).toEqual([false, false])
  })

  it('reads an address as IPv4 also where it is mapped into IPv6, and text never', () => {
    const p: Predicate = { kind: 'cidr', field: 'F', network: '10.0.0.0/8' }
    const values = [
      '10.1.2.3',
      '::ffff:10.1.2.3',
      '010.1.2.3',
      '10.1.2',
      '-',
      'fe80::1',
    ]
    expect(matches(p, ...values.map((F) => ({ F })))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('searches all values for a keyword, but not the hints of flat JSON', () => {
    const p: Predicate = {
      kind: 'keyword',
      pattern: [ANY, 'Windows', ANY],
      cased: false,
    }
    const event = { product: 'windows', F: 1 }
    expect(run([ruleOf(p)], [event], 'hints').found).toEqual([0])
    expect(run([ruleOf(p)], [event]).found).toEqual([1])
    expect(
      run([ruleOf(p)], [{ ...event, F: ['x', 'a windows b'] }], 'hints').found,
    ).toEqual([1])
    // Two values side by side are not one.
    const across: Predicate = {
      kind: 'keyword',
      pattern: [ANY, 'ab', ANY, 'cd', ANY],
      cased: false,
    }
    expect(matches(across, { A: 'ab', B: 'cd' }, { A: 'abXcd' })).toEqual([
      false,
      true,
    ])
  })

  it('stays right when values never repeat and when shapes never repeat', () => {
    const rules = [
      ruleOf(is('F', [ANY, 'needle', ANY])),
      ruleOf(not(is('F', [ANY, 'a', ANY]))),
    ]
    const events: Fields[] = []
    for (let i = 0; i < 12_000; i++) {
      events.push({ F: i % 3 ? `x${i}` : `a needle ${i}`, [`other${i}`]: i })
    }
    const { found, executor } = run(rules, events)
    expect(found.every((n) => n === 1)).toBe(true)
    expect(executor.account()[0]).toEqual({ met: 12_000, missingFields: [] })
  })

  it('keeps verdicts of one value apart from those of the same value in another field', () => {
    const rules = ['A', 'B'].map((field) =>
      ruleOf({
        kind: 'and',
        of: [is(field, [ANY, 'cmd.exe']), not(is(field, ['c:', ANY]))],
      }),
    )
    const value = 'C:\\cmd.exe'
    const events = [
      { A: value, B: 'd:\\cmd.exe' },
      { A: 'd:\\cmd.exe', B: value },
    ]
    expect(run(rules, [...events, ...events, ...events]).found).toEqual([
      1, 1, 1, 1, 1, 1,
    ])
  })

  it('refuses a rule that it cannot run, and runs the others', () => {
    const bad: Predicate = {
      kind: 'regex',
      field: 'F',
      dialect: 'python',
      source: '(a+)+(?=b)',
      flags: { i: false, m: false, s: false },
    }
    const { found, executor } = run(
      [ruleOf(not(bad)), ruleOf(is('F', ['a']))],
      [{ F: 'a' }],
    )
    expect(found).toEqual([1])
    expect(executor.refused.map((r) => r.rule)).toEqual([0])
  })
})

describe('the account', () => {
  it('counts what a rule met and names the fields that none of it had', () => {
    const windows = logSource('windows', ['pipe_created'], [])
    const rules = [
      ruleOf(
        { kind: 'and', of: [is('PipeName', ['x']), is('Gone', ['y'])] },
        { category: 'pipe_created' },
      ),
      ruleOf(is('PipeName', ['x']), { product: 'linux' }),
    ]
    const executor = new StreamExecutor(rules, { index: true, routing: true })
    for (const PipeName of ['a', 'b']) {
      executor.match(eventOf({ PipeName }, { logSource: windows }), () => {})
    }
    executor.match(
      eventOf({ PipeName: 'c' }, { logSource: logSource('windows', [], []) }),
      () => {},
    )
    expect(executor.account()).toEqual([
      { met: 2, missingFields: ['Gone'] },
      { met: 0, missingFields: [] },
    ])
  })
})

describe('held', () => {
  it('gives the facts that an AND needed, the first of an OR, and none of a NOT', () => {
    const p: Predicate = {
      kind: 'and',
      of: [
        { kind: 'or', of: [is('A', ['q']), is('A', ['x']), is('A', [ANY])] },
        not(is('B', ['y'])),
        { kind: 'exists', field: 'C' },
      ],
    }
    const executor = new StreamExecutor([ruleOf(p)], {
      index: true,
      routing: true,
    })
    const event = eventOf({ A: 'X', C: null })
    expect(executor.held(0, event).map((h) => [h.field, h.text])).toEqual([
      ['A', 'A = "x"'],
      ['C', 'C is there'],
    ])
  })
})
