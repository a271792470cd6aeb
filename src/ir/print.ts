// A condition as people read it: `Image ends with "\cmd.exe"`. One line, no syntax of any rule language.
import {
  ANY,
  type Comparison,
  type Leaf,
  ONE,
  type Pattern,
  type Predicate,
  patternShape,
  type SameAs,
} from './predicate.ts'

/** Longer conditions are cut for people, in UTF-16 units. */
const maxPrinted = 2000

export function printPredicate(p: Predicate): string {
  const text = print(p)
  return text.length > maxPrinted ? `${text.slice(0, maxPrinted)}…` : text
}

function print(p: Predicate): string {
  switch (p.kind) {
    case 'and':
    case 'or':
      if (p.of.length === 0) return p.kind === 'and' ? 'always' : 'never'
      if (p.of.length === 1) return print(p.of[0]!)
      return p.of.map(printInner).join(` ${p.kind} `)
    case 'not':
      return `not ${printInner(p.of)}`
    case 'constant':
      return p.value ? 'always' : 'never'
    default:
      return printLeaf(p)
  }
}

function printInner(p: Predicate): string {
  const joined = (p.kind === 'and' || p.kind === 'or') && p.of.length > 1
  return joined ? `(${print(p)})` : print(p)
}

export function printLeaf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'text':
      return `${leaf.field} ${printPattern(leaf.pattern)}${caseNote(leaf.cased)}`
    case 'differs':
      return `some value is not: ${printLeaf(leaf.from)}`
    case 'keyword':
      return `any value ${printPattern(leaf.pattern)}${caseNote(leaf.cased)}`
    case 'number':
      return `${leaf.field} ${signs[leaf.op]} ${leaf.value}`
    case 'boolean':
      return `${leaf.field} is ${leaf.value}`
    case 'regex': {
      const { i, m, s } = leaf.flags
      const flags = `${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}`
      return `${leaf.field} matches /${leaf.source}/${flags}`
    }
    case 'cidr':
      return `${leaf.field} is an address in ${leaf.network}`
    case 'null':
      return `${leaf.field} is missing${leaf.orEmpty ? ', null or empty' : ' or null'}`
    case 'exists':
      return `${leaf.field} is there`
    case 'same-as':
      return `${leaf.field} ${relations[leaf.how]} the value of ${leaf.other}${caseNote(leaf.cased)}`
    case 'time-part':
      return `${leaf.part} of ${leaf.field} ${signs[leaf.op]} ${leaf.value}`
  }
}

const signs: Readonly<Record<Comparison, string>> = {
  eq: '=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

const relations: Readonly<Record<SameAs['how'], string>> = {
  equals: 'equals',
  contains: 'contains',
  startswith: 'starts with',
  endswith: 'ends with',
}

function caseNote(cased: boolean): string {
  return cased ? ' (case-sensitive)' : ''
}

function printPattern(pattern: Pattern): string {
  const shape = patternShape(pattern)
  switch (shape.kind) {
    case 'anything':
      return 'has any value'
    case 'wildcard':
      return `is like ${quote(pattern.map(printPart).join(''))}`
    case 'equals':
      return shape.text === '' ? 'is empty' : `= ${quote(shape.text)}`
    default:
      return `${relations[shape.kind]} ${quote(shape.text)}`
  }
}

function printPart(part: Pattern[number]): string {
  if (part === ANY) return '*'
  if (part === ONE) return '?'
  if (typeof part === 'object') return `[${part.oneOf}]`
  return part.replace(/[*?\\[]/g, (sign) =>
    sign === '\\' ? sign : `\\${sign}`,
  )
}

/** Quotes inside are left alone: paths and command lines stay readable. Line breaks are shown. */
function quote(text: string): string {
  return `"${text.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"`
}
