// Which modifiers stand behind a field's name, and do they go together?
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Path } from '../../../rule-text/yaml/locate.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

import type { Problems } from '../problems.ts'

import type { Does, Effect, ModifierSet } from './modifiers.ts'
import { allowedBeside, combine, effects } from './modifiers.ts'

const cache = new Map<string, ModifierSet>()
/** More than there are that could go together. */
const maxModifiers = 32
/** Spellings come from rule files. */
const maxCached = 4096

/**
 * chain = { "|" modifier }          of `field|modifier|modifier: value` (Rules specification, "Value Modifiers")
 *
 * They work on the values from left to right. undefined: reported, the item cannot be used.
 */
export function parseModifiers(
  names: readonly string[],
  path: Path,
  problems: Problems,
): ModifierSet | undefined {
  if (names.length > maxModifiers) {
    problems.report(
      'S026',
      { path, key: true },
      `${names.length} modifiers stand in a row; at most ${maxModifiers} are read`,
    )
    return undefined
  }
  const spelling = names.join('|')
  const known = cache.get(spelling)
  if (known) return known
  const before = problems.count
  const set = parse(names, path, problems)
  if (set && problems.count === before && cache.size < maxCached) {
    cache.set(spelling, set)
  }
  return set
}

interface Modifier {
  readonly name: string
  readonly effect: Effect
}

function parse(
  names: readonly string[],
  path: Path,
  problems: Problems,
): ModifierSet | undefined {
  const list: Modifier[] = []
  for (const name of names) {
    const effect = effects.get(name)
    if (effect) list.push({ name, effect })
    else reportUnknown(name, path, problems)
  }
  if (list.length < names.length) return undefined
  const set = combine(list.map((m) => m.effect))
  const fault =
    twoOfAKind(list) ??
    stranger(list, set) ??
    disorder(list) ??
    other(list, set)
  if (fault) {
    problems.report(fault.code, { path, key: true }, fault.message, fault.hint)
    return undefined
  }
  if (set.as === 'regex' && set.cased) {
    problems.report(
      'S060',
      { path, key: true },
      '"cased" has no effect: a regular expression minds case unless "i" says otherwise',
    )
  }
  return set
}

function reportUnknown(name: string, path: Path, problems: Problems) {
  const field = String(path.at(-1)).split('|')[0]!
  const on = field ? ` on field ${quote(field)}` : ''
  const lower = name.toLowerCase()
  problems.report(
    'S012',
    { path, key: true, offset: String(path.at(-1)).indexOf(`|${name}`) + 1 },
    name ? `unknown modifier ${quote(name)}${on}` : `empty modifier${on}`,
    effects.has(lower)
      ? `modifiers are written in lower case: "${lower}"`
      : didYouMean(name, effects.keys()),
  )
}

interface Fault {
  readonly code: 'S013' | 'S014'
  readonly message: string
  readonly hint?: string
}

/** What a chain may do once. */
const exclusive = [
  'as',
  'anchor',
  'encoding',
  'base64',
  'comparison',
  'timePart',
] as const

/** `contains` and `endswith`, `re` and `cidr`, `lt` and `gt`. */
function twoOfAKind(list: readonly Modifier[]): Fault | undefined {
  for (const does of exclusive) {
    const [a, b] = list.filter((m) => m.effect.does === does)
    if (!a || !b) continue
    return {
      code: 'S013',
      message: `modifiers "${a.name}" and "${b.name}" exclude each other`,
      hint:
        a.name === b.name
          ? `"${a.name}" needs to be written once`
          : insteadOf(does),
    }
  }
  return undefined
}

function insteadOf(does: (typeof exclusive)[number]): string {
  if (does === 'comparison') {
    return 'a range is two items: "Field|gte: 1" and "Field|lt: 9" in one mapping'
  }
  if (does === 'anchor') {
    return 'write two items in one mapping, or a value with wildcards'
  }
  return 'keep the one that is meant'
}

/** What the way of reading the values does not allow. */
function stranger(
  list: readonly Modifier[],
  set: ModifierSet,
): Fault | undefined {
  const reads: readonly Does[] = ['as', 'comparison', 'timePart']
  const main = list.find((m) => reads.includes(m.effect.does))
  const allowed = allowedBeside(set)
  const odd = list.find((m) => m !== main && !allowed.includes(m.effect.does))
  if (!odd) return undefined
  if (odd.effect.does === 'flag') {
    return {
      code: 'S013',
      message: `modifier "${odd.name}" belongs to "re"`,
      hint: `write "|re|${odd.name}", or leave it out: values are compared without case`,
    }
  }
  return {
    code: 'S013',
    message: `modifiers "${main?.name ?? list[0]!.name}" and "${odd.name}" do not go together`,
  }
}

/** What changes a value comes before what encodes it, and that before what places it; flags belong to what they change. */
const sequences: readonly (readonly [Does, Does])[] = [
  ['base64', 'anchor'],
  ['encoding', 'base64'],
  ['windash', 'base64'],
  ['encoding', 'anchor'],
  ['as', 'flag'],
]

function disorder(list: readonly Modifier[]): Fault | undefined {
  for (const [first, second] of sequences) {
    const early = list.findIndex((m) => m.effect.does === second)
    const late = list.findIndex((m) => m.effect.does === first)
    if (early < 0 || late < early) continue
    return {
      code: 'S014',
      message: `modifier "${list[late]!.name}" has to come before "${list[early]!.name}"`,
    }
  }
  return undefined
}

function other(list: readonly Modifier[], set: ModifierSet): Fault | undefined {
  const twice = list.find((m, i) =>
    list.some((n, j) => j < i && n.name === m.name),
  )
  if (twice) {
    return { code: 'S013', message: `modifier "${twice.name}" stands twice` }
  }
  if (set.encoding !== 'utf8' && set.windash && set.base64 === 'no') {
    return {
      code: 'S013',
      message: '"windash" and a wide encoding go together before base64 only',
    }
  }
  return undefined
}
