// A condition of the IR as `where` says it. Expressions are three-valued and a missing field makes them null; a condition of the IR is
// not, so what is denied goes through `if`, which takes null for false.
import {
  ANY,
  type Leaf,
  ONE,
  type Pattern,
  type Predicate,
  type Regex,
  type SameAs,
} from '../../../ir/predicate.ts'

import { Unsayable } from '../../../rule-text/unsayable.ts'

import { printFieldName, quote } from '../print-expression.ts'
import { presenceAsked, writtenField } from './search.ts'

export function whereText(p: Predicate): string {
  switch (p.kind) {
    case 'constant':
      return p.value ? '1=1' : '1=0'
    case 'not':
      return `if(${whereText(p.of)}, 0, 1)=1`
    case 'and':
    case 'or': {
      const parts = p.of.map((c) => {
        const text = whereText(c)
        return c.kind === 'and' || c.kind === 'or' ? `(${text})` : text
      })
      if (!parts.length) return p.kind === 'and' ? '1=1' : '1=0'
      return parts.join(p.kind === 'and' ? ' AND ' : ' OR ')
    }
    default:
      return leafText(p)
  }
}

const signs = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function leafText(leaf: Leaf): string {
  if (leaf.kind === 'keyword')
    throw new Unsayable(
      'a word in any field stands where only "where" could ask, which knows fields alone',
    )
  const field = printFieldName(writtenField(leaf.field))
  switch (leaf.kind) {
    case 'null':
    case 'exists':
      return presence(field, leaf.kind === 'exists')
    case 'text': {
      const isThere = presenceAsked(leaf)
      if (isThere !== undefined) return presence(field, isThere)
      return matching(field, regexOf(leaf.pattern), leaf.cased ? 's' : 'is')
    }
    case 'number':
      return `${field}${signs[leaf.op]}${leaf.value}`
    case 'boolean':
      return `lower(${field})=${quote(String(leaf.value))}`
    case 'regex':
      return matching(field, sourceOf(leaf), flagsOf(leaf.flags))
    case 'cidr':
      return `cidrmatch(${quote(leaf.network)}, ${field})`
    case 'same-as':
      return relation(leaf)
    case 'differs':
      return `(isnotnull(${field}) AND if(${leafText(leaf.from)}, 0, 1)=1)`
    case 'time-part':
      throw new Unsayable(
        `it asks the ${leaf.part} of ${leaf.field}; how that is written, only the source knows`,
      )
  }
}

function presence(field: string, isThere: boolean): string {
  return isThere ? `isnotnull(${field})` : `isnull(${field})`
}

function matching(field: string, source: string, flags: string): string {
  return `match(${field}, ${quote(flags ? `(?${flags})${source}` : source)})`
}

function flagsOf({ i, m, s }: Regex['flags']): string {
  return `${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}`
}

/** Python's end of the text is PCRE's in small. */
function sourceOf({ source, dialect }: Regex): string {
  return dialect === 'python'
    ? source.replace(/(?<!\\)((?:\\\\)*)\\Z/g, '$1\\z')
    : source
}

function regexOf(p: Pattern): string {
  const parts = p.map((part) => {
    if (part === ANY) return '.*'
    if (part === ONE) return '.'
    if (typeof part === 'object') return `[${escaped(part.oneOf)}]`
    return escaped(part)
  })
  return `\\A${parts.join('')}\\z`
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}\-/]/g, '\\$&')
}

function relation({ field, other, how, cased }: SameAs): string {
  const [a, b] = [field, other].map((n) =>
    cased ? printFieldName(n) : `lower(${printFieldName(n)})`,
  ) as [string, string]
  switch (how) {
    case 'equals':
      return `${a}=${b}`
    case 'startswith':
      return `substr(${a}, 1, len(${b}))=${b}`
    case 'endswith':
      return `(len(${a})>=len(${b}) AND substr(${a}, len(${a})-len(${b})+1)=${b})`
    case 'contains':
      return `mvcount(split(${a}, ${b}))>1`
  }
}
