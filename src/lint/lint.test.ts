import { describe, expect, it } from 'vitest'

import type { Leaf, Pattern, Predicate } from '../ir/predicate.ts'
import { ANY } from '../ir/predicate.ts'
import type { DetectionRule } from '../ir/rule.ts'

import { lintDetection } from './lint.ts'
import { shapeOf } from './regex-shape.ts'

const shape = (source: string) =>
  shapeOf({
    source,
    dialect: 'python',
    flags: { i: false, m: false, s: false },
  })

function rule(
  condition: Predicate,
  logSource: DetectionRule['logSource'] = { product: 'windows' },
  level: DetectionRule['meta']['level'] = 'low',
): DetectionRule {
  return {
    kind: 'detection',
    meta: {
      id: 'r',
      title: 'r',
      level,
      techniques: [],
      tags: [],
      falsePositives: [],
      references: [],
      mitigations: [],
      fields: [],
    },
    logSource,
    condition,
    emits: true,
  }
}

const kinds = (...of: Parameters<typeof rule>) =>
  lintDetection(rule(...of)).map((f) => f.kind)

const text = (field: string, ...pattern: Pattern): Leaf => ({
  kind: 'text',
  field,
  pattern,
  cased: false,
})
const regex = (field: string, source: string): Leaf => ({
  kind: 'regex',
  field,
  dialect: 'python',
  source,
  flags: { i: false, m: false, s: false },
})
const number = (op: 'eq' | 'lt' | 'gt', value: number): Leaf => ({
  kind: 'number',
  field: 'Size',
  op,
  value,
})
const and = (...of: Predicate[]): Predicate => ({ kind: 'and', of })
const or = (...of: Predicate[]): Predicate => ({ kind: 'or', of })
const not = (of: Predicate): Predicate => ({ kind: 'not', of })

describe('a condition that can never hold', () => {
  it('asks one field for a whole value and for an expression that this value does not meet', () => {
    expect(
      kinds(
        and(text('CommandLine', 'Launch'), regex('CommandLine', '[0-9a-f]{8}')),
      ),
    ).toEqual(['never'])
  })

  it('asks one field for two values, in whatever form', () => {
    expect(kinds(and(text('User', 'a'), text('User', 'b')))).toEqual(['never'])
    expect(
      kinds(
        and(
          or(text('User', 'a', ANY), text('User', 'b', ANY)),
          and(text('User', 'c')),
        ),
      ),
    ).toEqual(['never'])
    expect(kinds(and(number('gt', 5), number('lt', 4)))).toEqual(['never'])
    expect(
      kinds(and(text('User', 'a'), { kind: 'null', field: 'User' })),
    ).toEqual(['never'])
  })

  it('asks for what it denies', () => {
    expect(
      kinds(and(text('User', 'admin'), not(text('User', 'adm', ANY)))),
    ).toEqual(['never'])
    expect(
      kinds(
        and(
          text('User', 'x'),
          not(or(text('User', 'y'), text('Image', 'z'), text('User', ANY))),
        ),
      ),
    ).toContain('never')
  })

  it('is none where values can meet', () => {
    expect(kinds(and(text('User', 'a', ANY), text('User', ANY, 'b')))).toEqual(
      [],
    )
    expect(
      kinds(and(text('User', 'adm', ANY), not(text('User', 'admin')))),
    ).toEqual([])
    expect(kinds(and(text('User', 'a'), text('Other', 'b')))).toEqual([])
    expect(kinds(and(text('User', ANY, 'a', ANY), regex('User', 'b')))).toEqual(
      [],
    )
  })

  it('is none for a field that holds several values', () => {
    expect(
      kinds(and(text('AuditKey', 'a'), text('AuditKey', 'b')), {
        product: 'linux',
      }),
    ).toEqual([])
  })

  it('may be one alternative of several', () => {
    const [finding] = lintDetection(
      rule(
        or(text('Image', ANY, 'x'), {
          ...and(text('User', 'a'), text('User', 'b')),
          label: 'other',
        } as Predicate),
      ),
    )
    expect(finding).toMatchObject({ kind: 'part-never', trail: ['other'] })
  })
})

describe('a condition that always holds', () => {
  it('denies one value or another of one field', () => {
    expect(kinds(or(not(text('User', 'a')), not(text('User', 'b'))))).toContain(
      'always',
    )
    expect(
      kinds(
        and(
          text('Image', ANY, '\\x'),
          or(not(text('User', 'a')), not(text('User', 'b'))),
        ),
      ),
    ).toEqual(['part-always'])
  })

  it('is none where both are denied together', () => {
    expect(
      kinds(
        and(
          text('Image', ANY, '\\x'),
          not(or(text('User', 'a'), text('User', 'b'))),
        ),
      ),
    ).toEqual([])
  })
})

describe('other oddities', () => {
  it('are conditions that an empty event meets', () => {
    expect(kinds(not(text('User', 'a')))).toEqual(['holds-for-nothing'])
    expect(
      kinds(or(text('Image', ANY, '\\x'), not(text('User', 'a')))),
    ).toEqual(['holds-for-nothing'])
  })

  it('are fields that the log source does not fill', () => {
    const pipe = { product: 'windows', category: 'pipe_created' }
    const asked = text('PipeName', '\\x')
    expect(kinds(and(asked, text('CommandLine', ANY, 'a')), pipe)).toEqual([
      'unfilled-field',
    ])
    expect(kinds(and(asked, not(text('CommandLine', 'a'))), pipe)).toEqual([
      'unfilled-negation',
    ])
    const [typo] = lintDetection(
      rule(and(asked, text('Imaeg', ANY, '\\a')), pipe),
    )
    expect(typo!.hint).toContain('Image')
  })

  it('are numbers of events without their provider', () => {
    const id: Leaf = { kind: 'number', field: 'EventID', op: 'eq', value: 7045 }
    const system = { product: 'windows', service: 'system' }
    expect(kinds(id, system)).toEqual(['event-id-alone'])
    expect(
      kinds(and(id, text('Provider_Name', 'Service Control Manager')), system),
    ).toEqual([])
    expect(kinds(id, { product: 'windows', service: 'security' })).toEqual([])
  })

  it('are expressions on pipes that are not tied down', () => {
    const pipe = { product: 'windows', category: 'pipe_created' }
    expect(kinds(regex('PipeName', '\\\\msagent_[0-9a-f]{2}'), pipe)).toEqual([
      'unanchored-pipe',
    ])
    expect(kinds(regex('PipeName', '^\\\\a[0-9]+$|^\\\\b$'), pipe)).toEqual([])
  })

  it('are endpoints of Windows itself in loud rules', () => {
    const pipe = { product: 'windows', category: 'pipe_created' }
    const asked = or(text('PipeName', '\\evil'), text('PipeName', '\\svcctl'))
    expect(kinds(asked, pipe, 'critical')).toEqual(['everyday-endpoint'])
    expect(kinds(asked, pipe, 'low')).toEqual([])
    expect(
      kinds(and(asked, text('Image', ANY, '\\x.exe')), pipe, 'critical'),
    ).toEqual([])
  })

  it('are questions for what is rare that leave the category open', () => {
    const rare = text('RareModule', 'true')
    expect(kinds(rare, { product: 'windows' })).toEqual(['rarity-of-all'])
    expect(kinds(rare, { product: 'windows', category: 'image_load' })).toEqual(
      [],
    )
    expect(kinds(text('Image', ANY, '\\x.exe'))).toEqual([])
  })

  it('are access rights compared by their digits', () => {
    expect(kinds(text('GrantedAccess', ANY, '38'))).toEqual(['access-as-text'])
    expect(kinds(text('GrantedAccess', '0x001438'))).toEqual(['access-as-text'])
    expect(kinds(text('GrantedAccess', '0x1438'))).toEqual([])
    expect(kinds(text('GrantedAccess', '0x0'))).toEqual([])
  })

  it('are file names where whole paths stand', () => {
    expect(kinds(text('Image', 'cmd.exe'))).toEqual(['bare-file-name'])
    expect(kinds(text('Image', ANY, '\\cmd.exe'))).toEqual([])
    expect(kinds(text('Image', 'System'))).toEqual([])
    expect(kinds(text('OriginalFileName', 'Cmd.Exe'))).toEqual([])
  })

  it('are ends of paths that longer names have too', () => {
    expect(kinds(text('Image', ANY, 'cmd.exe'))).toEqual(['unanchored-name'])
    expect(kinds(text('Image', ANY, '.exe'))).toEqual([])
    expect(kinds(text('CommandLine', ANY, 'cmd.exe'))).toEqual([])
  })

  it('are paths as expressions, whose backslashes are escapes', () => {
    const re = (source: string, field = 'CommandLine') =>
      kinds({
        kind: 'regex',
        field,
        source,
        dialect: 'python',
        flags: { i: false, m: false, s: false },
      })
    for (const path of [
      'C:\\Windows\\cmd',
      '^c:\\temp',
      '\\System32\\drivers',
      'HKLM\\Software\\Run$',
    ])
      expect(re(path)).toEqual(['path-as-regex'])
    expect(re('\\whoami.exe$', 'Image')).toEqual(['path-as-regex'])
    for (const expression of [
      'C:\\\\Windows\\\\System32',
      '\\bsystem32\\b',
      '\\\\\\w+\\.exe',
      'svc\\d\\.exe',
      '\\scmd.exe',
      'user:\\w+',
      '\\w:\\S+',
    ])
      expect(re(expression)).toEqual([])
  })

  it('are names of pipes without their backslash', () => {
    expect(kinds(text('PipeName', 'svchost', ANY))).toEqual(['bare-pipe-name'])
    expect(kinds(text('PipeName', 'a'))).toEqual(['bare-pipe-name'])
    expect(kinds(text('PipeName', '\\svchost', ANY))).toEqual([])
    expect(kinds(text('PipeName', ANY, 'svchost'))).toEqual([])
    expect(kinds(text('PipeName', '<Anonymous Pipe>'))).toEqual([])
  })

  it('are whole values that look like placeholders', () => {
    expect(kinds(text('User', '%admins%'))).toEqual(['bare-placeholder'])
    expect(kinds(text('CommandLine', ANY, '%temp%', ANY))).toEqual([])
    expect(kinds(text('CommandLine', '%temp%\\a.exe'))).toEqual([])
  })

  it('are log sources that nobody has, but for a typing error', () => {
    const of = (logSource: DetectionRule['logSource']) =>
      kinds(text('Image', 'C:\\a.exe'), logSource)
    expect(of({ product: 'windwos' })).toEqual(['misnamed-source'])
    expect(of({ category: 'process_creaton' })).toEqual(['misnamed-source'])
    expect(of({ product: 'windows', service: 'sysmom' })).toEqual([
      'misnamed-source',
    ])
    expect(of({ product: 'linux', service: 'syslog' })).toEqual([])
    expect(of({ product: 'github', service: 'audit' })).toEqual([])
    expect(of({ category: 'proxy' })).toEqual([])
  })

  it('are values that match everything', () => {
    expect(kinds(text('User', ANY))).toEqual(['matches-everything'])
    expect(kinds(regex('User', '^.*$'))).toEqual(['matches-everything'])
  })
})

describe('the shape of a regular expression', () => {
  it('tells repetitions that can be cut in many ways', () => {
    for (const slow of [
      '(a+)+b',
      '(\\w+\\s?)*x',
      '(a|a)*b',
      '(\\w|\\d)+x',
      '(?:.*,)*x',
      '((a*)b?)*c',
    ]) {
      expect(shape(slow)!.ambiguous, slow).toBeDefined()
    }
    for (const fine of [
      '(a+,)+b',
      '(\\w+\\.)+com',
      '(?:\\d{1,3}\\.){3}\\d{1,3}',
      '(ab|cd)*e',
      'a+b+c+',
      '(a++)+b',
      '[(a+)+]',
      '\\(a+\\)+',
    ]) {
      expect(shape(fine)!.ambiguous, fine).toBeUndefined()
    }
  })

  it('tells a dash that makes a range', () => {
    expect(shape('^[=+-@]')!.range).toBe('+-@')
    for (const fine of ['[a-z0-9_-]', '[-+=@]', '[=+\\-@]', 'x-y', '\\[+-@']) {
      expect(shape(fine)!.range, fine).toBeUndefined()
    }
  })

  it('tells which ends are tied', () => {
    expect(shape('^a$')!.tied).toEqual({ start: true, end: true })
    expect(shape('^a|b$')!.tied).toEqual({ start: false, end: false })
    expect(shape('(^a|^b)c')!.tied).toEqual({ start: true, end: false })
    expect(shape('\\Aa\\z')!.tied).toEqual({ start: true, end: true })
  })

  it('tells what matches everything', () => {
    for (const all of ['', '^', '$', '.*', '^.*$', '(.*)', '.*?']) {
      expect(shape(all)!.matchesAll, all).toBe(true)
    }
    for (const not of ['^$', '.+', 'a.*', '\\.*']) {
      expect(shape(not)!.matchesAll, not).toBe(false)
    }
  })

  it('is not told of what cannot be read', () => {
    const odd = ['('.repeat(5000), '[', '\\', '(?', '(?<', '*'.repeat(99)]
    for (const source of odd) {
      expect(shape(source), source.slice(0, 9)).toBeUndefined()
    }
  })
})

describe('the id of an event', () => {
  const id = (value: number): Leaf => ({
    kind: 'number',
    field: 'EventID',
    op: 'eq',
    value,
  })
  const starts = { product: 'windows', category: 'process_creation' }

  it('is odd where no event of the category has it', () => {
    expect(kinds(id(17), starts)).toEqual(['foreign-event-id'])
    expect(kinds({ kind: 'or', of: [id(17), id(4688)] }, starts)).toEqual([])
  })

  it('is odd where the log has none such', () => {
    const of = (service: string) => ({ product: 'windows', service })
    expect(kinds(id(1), of('security'))).toEqual(['foreign-event-id'])
    expect(kinds(id(4688), of('sysmon'))).toEqual(['foreign-event-id'])
    for (const known of [299, 512, 1102, 33205])
      expect(kinds(id(known), of('security'))).toEqual([])
    expect(kinds(id(255), of('sysmon'))).toEqual([])
  })

  it('is not where the category is drawn from elsewhere, or none is stated', () => {
    expect(kinds(id(17), { category: 'process_creation' })).toEqual([])
    expect(kinds(id(17), { product: 'windows', service: 'sysmon' })).toEqual([])
    expect(
      kinds(id(17), { product: 'windows', category: 'webserver' }),
    ).toEqual([])
  })
})
