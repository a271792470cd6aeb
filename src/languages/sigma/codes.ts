// What can be wrong with a Sigma document? One entry a code; docs/errors.md is made from it, and a test holds that each
// example gives its code.
import type { Severity } from '../../base/diagnostic.ts'

export interface CodeEntry {
  readonly severity: Severity
  readonly title: string
  /** A file that gives the code. */
  readonly example: string
}

const head = 'title: t\nlogsource: { product: windows }\n'
const rule = (detection: string) => `${head}detection:\n${detection}`
const item = (text: string) => rule(`  sel:\n    ${text}\n  condition: sel\n`)
const condition = (text: string) =>
  rule(`  sel:\n    Image: a\n  condition: ${text}\n`)
const meta = (text: string) =>
  `${text}\n${head}detection: { sel: { Image: a }, condition: sel }\n`
const base = `name: base\n${head}detection: { sel: { Image: a }, condition: sel }\n---\n`
const correlation = (text: string) =>
  `${base}title: c\ncorrelation:\n${text.replace(/^/gm, '  ')}\n`
const counted = (text: string) =>
  correlation(`type: event_count\nrules: base\ntimespan: 5m\n${text}`)

const pipes = (items: string, of: string, other?: string) =>
  `title: t\nlogsource: { product: windows, category: pipe_created }\ndetection:\n  sel: { ${items} }\n${other ? `  other: { ${other} }\n` : ''}  condition: ${of}\n`

/** From S101 on, only a lint asks. */
export const sigmaCodes = {
  S001: {
    severity: 'error',
    title: 'the text is not YAML',
    example: 'title: "no end',
  },
  S002: {
    severity: 'error',
    title: 'the document is not a mapping',
    example: '- title',
  },
  S003: {
    severity: 'error',
    title: 'neither or more than one of rule, correlation and filter',
    example: 'title: t\ndetections: {}\n',
  },
  S004: {
    severity: 'error',
    title: 'collections with "action" are not read any more',
    example: `action: global\n${head}`,
  },
  S005: {
    severity: 'error',
    title: 'a key stands twice in one mapping',
    example: item('Image: a\n    Image: b'),
  },
  S006: {
    severity: 'error',
    title: 'too large or too deep to be read',
    example: `title: ${'['.repeat(100)}${']'.repeat(100)}\n`,
  },
  S007: {
    severity: 'error',
    title: 'a part has the wrong type',
    example: meta('tags: { a: b }'),
  },
  S008: {
    severity: 'error',
    title: 'unknown level',
    example: meta('level: hihg'),
  },
  S009: {
    severity: 'error',
    title: 'fields named by another taxonomy',
    example: meta('taxonomy: ecs'),
  },
  S010: {
    severity: 'error',
    title: 'no log source is stated',
    example: 'title: t\ndetection: { sel: { Image: a }, condition: sel }\n',
  },
  S011: {
    severity: 'error',
    title: 'two documents have one id',
    example: [1, 2]
      .map(() => meta('id: 8a1c9a52-57d6-4b7a-9d3a-0d2f5a7c9b11'))
      .join('---\n'),
  },
  S012: {
    severity: 'error',
    title: 'unknown modifier',
    example: item('Image|containing: a'),
  },
  S013: {
    severity: 'error',
    title: 'modifiers that do not go together',
    example: item('Image|re|cidr: a'),
  },
  S014: {
    severity: 'error',
    title: 'modifiers in the wrong order',
    example: item('Image|contains|base64: abc'),
  },
  S015: {
    severity: 'error',
    title: 'a value that the modifier cannot use',
    example: item("Image|exists: 'true'"),
  },
  S016: {
    severity: 'error',
    title: 'not a regular expression',
    example: item("Image|re: '(a'"),
  },
  S017: {
    severity: 'error',
    title: 'not a network',
    example: item('SourceIp|cidr: 10.0.0.1/8'),
  },
  S018: {
    severity: 'error',
    title: 'a placeholder without values',
    example: item("User|expand: '%admins%'"),
  },
  S019: {
    severity: 'error',
    title: 'a wildcard in a value to be encoded',
    example: item("CommandLine|base64: 'a*b'"),
  },
  S020: {
    severity: 'error',
    title: 'no condition',
    example: rule('  sel: { Image: a }\n'),
  },
  S021: {
    severity: 'error',
    title: 'the condition cannot be parsed',
    example: condition('sel and (sel'),
  },
  S022: {
    severity: 'error',
    title: 'the condition names an unknown selection',
    example: condition('sle'),
  },
  S023: {
    severity: 'error',
    title: 'a pattern in the condition matches too little',
    example: condition('1 of other_*'),
  },
  S024: {
    severity: 'error',
    title: 'an aggregation in a condition',
    example: condition('sel | count() by User > 5'),
  },
  S025: {
    severity: 'error',
    title: '"near" in a condition',
    example: condition('sel | near sel'),
  },
  S026: {
    severity: 'error',
    title: 'a rule or condition that is too large',
    example: condition(`${'('.repeat(200)}sel${')'.repeat(200)}`),
  },
  S027: {
    severity: 'error',
    title: 'an empty selection or list',
    example: item('Image: []'),
  },
  S028: {
    severity: 'error',
    title: 'a detection of the wrong shape',
    example: item('Image: { a: b }'),
  },
  S029: {
    severity: 'error',
    title: 'a modifier that needs a field',
    example: item("'|re': a"),
  },
  S030: {
    severity: 'error',
    title: 'unknown type of correlation',
    example: correlation('type: count\nrules: base\ntimespan: 5m'),
  },
  S031: {
    severity: 'error',
    title: 'a part of a correlation is missing or of the wrong shape',
    example: correlation(
      'type: event_count\ntimespan: 5m\ncondition: { gte: 2 }',
    ),
  },
  S032: {
    severity: 'error',
    title: 'no timespan, or one that cannot be read',
    example: correlation(
      'type: event_count\nrules: base\ntimespan: 5 minutes\ncondition: { gte: 2 }',
    ),
  },
  S033: {
    severity: 'error',
    title: 'a reference to a rule that is not there',
    example: correlation('type: temporal\nrules: bases\ntimespan: 5m'),
  },
  S034: {
    severity: 'error',
    title: 'a reference to a rule that was refused',
    example: `name: bad\n${condition('sle')}---\n${correlation('type: temporal\nrules: [base, bad]\ntimespan: 5m')}`,
  },
  S035: {
    severity: 'error',
    title: 'a correlation that reads itself',
    example:
      'title: c\nname: c\ncorrelation: { type: temporal, rules: c, timespan: 5m }\n',
  },
  S036: {
    severity: 'error',
    title: 'too many correlations above one another',
    example: `${base}${Array.from(
      { length: 20 },
      (_, i) =>
        `title: c\nname: c${i}\ncorrelation: { type: temporal, rules: ${i ? `c${i - 1}` : 'base'}, timespan: 5m }\n`,
    ).join('---\n')}`,
  },
  S037: {
    severity: 'error',
    title: 'a correlation condition that cannot be used',
    example: counted('condition: { gt: 5, lt: 3 }'),
  },
  S038: {
    severity: 'error',
    title: 'rules and expression of a correlation differ',
    example: correlation(
      'type: temporal\nrules: base\ntimespan: 5m\ncondition: base and other',
    ),
  },
  S039: {
    severity: 'error',
    title: 'a reference that several rules answer to',
    example: `${base}${correlation('type: temporal\nrules: base\ntimespan: 5m')}`,
  },
  S040: {
    severity: 'error',
    title: 'a filter of the wrong shape',
    example: `${head}filter: [a]\n`,
  },
  S051: {
    severity: 'warning',
    title: 'no title',
    example:
      'logsource: { product: windows }\ndetection: { sel: { Image: a }, condition: sel }\n',
  },
  S052: {
    severity: 'warning',
    title: 'an id that is no UUID',
    example: meta('id: my-rule'),
  },
  S053: {
    severity: 'warning',
    title: 'a date that is none',
    example: meta('date: yesterday'),
  },
  S054: {
    severity: 'warning',
    title: 'unknown status',
    example: meta('status: stabel'),
  },
  S055: {
    severity: 'warning',
    title: 'a tag without a known namespace, or of no technique or tactic',
    example: meta('tags: [t1559]'),
  },
  S056: {
    severity: 'warning',
    title: 'an unknown key close to a known one',
    example: meta('falsepositive: [none]'),
  },
  S057: {
    severity: 'warning',
    title: 'an operator that is not in lower case',
    example: condition('sel AND sel'),
  },
  S058: {
    severity: 'note',
    title: '"all" on a single value',
    example: item('Image|contains|all: a'),
  },
  S059: {
    severity: 'warning',
    title: 'a value of another type, taken as meant',
    example: item('Image|contains: 5'),
  },
  S060: {
    severity: 'warning',
    title: 'a modifier without effect',
    example: item('Image|re|cased: a'),
  },
  S061: {
    severity: 'warning',
    title: 'null in a list of values',
    example: item('Image: [a, null]'),
  },
  S062: {
    severity: 'warning',
    title: 'a value too short for "base64offset"',
    example: item('CommandLine|base64offset|contains: a'),
  },
  S063: {
    severity: 'warning',
    title: 'a negated pattern that matches no selection',
    example: condition('sel and not 1 of filter_*'),
  },
  S064: {
    severity: 'warning',
    title: 'a selection that the condition does not use',
    example: rule(
      '  sel: { Image: a }\n  other: { Image: b }\n  condition: sel\n',
    ),
  },
  S065: {
    severity: 'warning',
    title: 'a timeframe without effect',
    example: rule('  sel: { Image: a }\n  timeframe: 5m\n  condition: sel\n'),
  },
  S066: {
    severity: 'warning',
    title: 'a filter that keeps what it describes',
    example: `${base}title: f\nlogsource: { product: windows }\nfilter: { sel: { Image: a }, condition: sel }\n`,
  },
  S067: {
    severity: 'warning',
    title: 'a filter that applies to nothing',
    example: `${base}title: f\nlogsource: { product: linux }\nfilter: { sel: { Image: a }, condition: not sel }\n`,
  },
  S068: {
    severity: 'warning',
    title: 'an unknown part of the log source',
    example:
      'title: t\nlogsource: { product: windows, categroy: image_load }\ndetection: { sel: { Image: a }, condition: sel }\n',
  },
  S069: {
    severity: 'warning',
    title: 'no percentile is given',
    example: correlation(
      'type: value_percentile\nrules: base\ntimespan: 5m\ncondition: { gte: 2, field: Size }',
    ),
  },
  S101: {
    severity: 'warning',
    title: 'a condition that can never hold',
    example: item('Image: a\n    Image|contains: b'),
  },
  S102: {
    severity: 'warning',
    title: 'a condition that always holds',
    example: rule(
      '  a: { User: x }\n  b: { User: y }\n  condition: not a or not b\n',
    ),
  },
  S103: {
    severity: 'warning',
    title: 'an alternative that can never hold',
    example: rule(
      '  a: { User: x }\n  b: { Size|gt: 5, "Size|lt": 3 }\n  condition: a or b\n',
    ),
  },
  S104: {
    severity: 'warning',
    title: 'an alternative that always holds',
    example: rule(
      '  a: { Image: x }\n  b: [{ User|neq: x }, { User|neq: y }]\n  condition: a and b\n',
    ),
  },
  S105: {
    severity: 'note',
    title: 'a value that matches everything',
    example: item("Image: '*'"),
  },
  S106: {
    severity: 'warning',
    title: 'a condition of nothing but denials',
    example: condition('not sel'),
  },
  S107: {
    severity: 'warning',
    title: 'a field that the log source never fills',
    example: pipes('PipeName: a, CommandLine: b', 'sel'),
  },
  S108: {
    severity: 'warning',
    title: 'the denial of a field that the log source never fills',
    example: pipes('PipeName: a', 'sel and not other', 'CommandLine: b'),
  },
  S109: {
    severity: 'warning',
    title: 'an event id without its provider',
    example: item('EventID: 104'),
  },
  S110: {
    severity: 'warning',
    title: 'a regular expression that takes long to fail',
    example: item("CommandLine|re: '(\\w+\\s?)+x'"),
  },
  S111: {
    severity: 'warning',
    title: 'a range of characters that hardly anyone means',
    example: item("CommandLine|re: '^[=+-@]'"),
  },
  S112: {
    severity: 'warning',
    title: "an expression that is not tied to the ends of a pipe's name",
    example: pipes("PipeName|re: 'status_[0-9a-f]{2}'", 'sel'),
  },
  S113: {
    severity: 'note',
    title: 'access rights compared by their digits',
    example: item("GrantedAccess|endswith: '38'"),
  },
  S114: {
    severity: 'warning',
    title: 'a file name where a whole path stands',
    example: item('Image: cmd.exe'),
  },
  S115: {
    severity: 'warning',
    title: "a loud rule about one of Windows' own endpoints",
    example: `level: high\n${pipes("PipeName: '\\svcctl'", 'sel')}`,
  },
  S116: {
    severity: 'warning',
    title: 'what is rare, asked of events of every category',
    example: item('RareModule: true'),
  },
  S117: {
    severity: 'warning',
    title: 'a log source that is called almost like a known one',
    example:
      'logsource: { category: process_creaton }\ndetection: { sel: { Image: a }, condition: sel }',
  },
  S118: {
    severity: 'note',
    title: 'the end of a path that may be that of a longer name',
    example: item("Image|endswith: 'cmd.exe'"),
  },
  S119: {
    severity: 'warning',
    title: 'an event id that no event of the log source has',
    example:
      'logsource: { product: windows, category: process_creation }\ndetection: { sel: { EventID: 17 }, condition: sel }',
  },
  S120: {
    severity: 'warning',
    title: 'a correlation asks for a field by a mistyped name',
    example: counted('group-by: [Computr]\ncondition: { gte: 2 }'),
  },
  S121: {
    severity: 'warning',
    title: 'a value that looks like a placeholder and is none',
    example: item("User: '%admins%'"),
  },
  S122: {
    severity: 'warning',
    title: 'a path as an expression, where its backslashes are escapes',
    example: item("Image|re: 'C:\\Windows\\System32'"),
  },
  S123: {
    severity: 'warning',
    title: 'the name of a pipe without the backslash that it begins with',
    example: item("PipeName|startswith: 'svchost'"),
  },
} as const satisfies Record<string, CodeEntry>

export type SigmaCode = keyof typeof sigmaCodes
