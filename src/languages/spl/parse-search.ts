// Conditions of `search`: words, `field=value`, IN, NOT, searches in brackets. Order: parentheses, NOT, OR, AND, so that
// `a OR b c` is `(a OR b) AND c`; operators are upper-case, lower-case ones are words to look for.
import type { Query, SearchNode, SearchOperator, SearchValue } from './ast.ts'
import { maxDepth } from './parse-expression.ts'
import { SyntaxProblem } from './report.ts'
import type { Scanner } from './scanner.ts'

/** Reads the search in brackets; given by the query's parser, which reads this one too. */
export type ParseBrackets = (depth: number) => Query

interface Context {
  readonly s: Scanner
  readonly brackets: ParseBrackets
  /** Words that end the condition (`by` in tstats). */
  readonly ends: readonly string[]
}

/** `condition = [and]` */
export function parseSearch(
  s: Scanner,
  brackets: ParseBrackets,
  ends: readonly string[] = [],
): SearchNode {
  const context: Context = { s, brackets, ends }
  if (atEnd(context)) return { kind: 'and', of: [], at: s.pos }
  const node = parseAnd(context, 0)
  if (!atEnd(context)) s.fail('expected a condition')
  return node
}

function atEnd(c: Context): boolean {
  return c.s.atCommandEnd() || c.ends.some((w) => c.s.seesWord(w, true))
}

/** `and = or {["AND"] or}` */
function parseAnd(c: Context, depth: number): SearchNode {
  if (depth > maxDepth) {
    throw new SyntaxProblem(
      'P016',
      `more than ${maxDepth} parentheses stand within one another`,
      c.s.pos,
    )
  }
  c.s.space()
  const at = c.s.pos
  const of = [parseOr(c, depth)]
  while (!atEnd(c) && c.s.peek() !== ')') {
    c.s.takeWord('AND')
    of.push(parseOr(c, depth))
  }
  if (of.length === 1) return of[0]!
  for (const node of of) noteSmallOperator(node, c.s)
  return { kind: 'and', of, at }
}

/** Operators are upper-case; in small letters, without quotes, they are words as any other. */
function noteSmallOperator(node: SearchNode, s: Scanner) {
  if (node.kind !== 'term' || s.text[node.at] === '"') return
  const { text, how } = node.value
  if (how !== 'plain' || !/^(?:and|or|not)$/i.test(text)) return
  const operator = text.toUpperCase()
  s.note(
    'P058',
    `"${text}" is a word to look for; the operator is ${operator}`,
    node.at,
  )
}

/** `or = not {"OR" not}` */
function parseOr(c: Context, depth: number): SearchNode {
  c.s.space()
  const at = c.s.pos
  const of = [parseNot(c, depth)]
  while (c.s.takeWord('OR')) of.push(parseNot(c, depth))
  return of.length === 1 ? of[0]! : { kind: 'or', of, at }
}

/** `not = "NOT" not | primary` */
function parseNot(c: Context, depth: number): SearchNode {
  c.s.space()
  const at = c.s.pos
  if (c.s.takeWord('NOT')) {
    if (depth > maxDepth) c.s.fail('too many NOTs: expected a condition')
    return { kind: 'not', of: parseNot(c, depth + 1), at }
  }
  return parsePrimary(c, depth)
}

/** `primary = "(" and ")" | "[" search "]" | ("CASE" | "TERM") "(" text ")" | comparison` */
function parsePrimary(c: Context, depth: number): SearchNode {
  const s: Scanner = c.s
  const next = s.peek()
  const at = s.pos
  if (next === '(') {
    s.pos++
    if (s.peek() === ')') s.fail('expected a condition')
    const node = parseAnd(c, depth + 1)
    if (!s.take(')')) {
      throw new SyntaxProblem('P003', 'a parenthesis is not closed', at)
    }
    return node
  }
  if (next === '[') {
    return { kind: 'subsearch', query: c.brackets(depth + 1), at }
  }
  const wrapped = parseWrapped(s)
  if (wrapped) return { kind: 'term', value: wrapped, at }
  const bare = s.peek() !== '"'
  const text =
    s.quotedName() ?? s.quotedLiteral() ?? comparedCall(s) ?? s.word()
  if (text === undefined) s.fail('expected a condition')
  if (bare && (text === 'AND' || text === 'OR') && s.pos - at === text.length) {
    s.pos = at
    s.fail('expected a condition')
  }
  return parseComparison(s, text, at)
}

/** `comparison = field operator value | field ["NOT"] "IN" "(" values ")" | word` */
function parseComparison(s: Scanner, field: string, at: number): SearchNode {
  const op = takeOperator(s)
  if (op) {
    const value = parseWrapped(s) ?? { text: valueText(s), how: 'plain' }
    return { kind: 'compare', field, op, value, at }
  }
  const back = s.pos
  if (s.takeWord('IN') && s.peek() === '(') {
    return { kind: 'in', field, values: valueList(s), at }
  }
  s.pos = back
  if (s.takeWord('NOT') && s.takeWord('IN') && s.peek() === '(') {
    const of: SearchNode = { kind: 'in', field, values: valueList(s), at }
    return { kind: 'not', of, at }
  }
  s.pos = back
  return {
    kind: 'term',
    value: { text: termText(s, field, at), how: 'plain' },
    at,
  }
}

/** What was read as a field's name is a word to look for: read as one. */
function termText(s: Scanner, read: string, at: number): string {
  if (/["']/.test(s.text[at]!)) return read
  s.pos = at
  return s.bareLiteral() ?? read
}

/** `total(all)` where a comparison follows; elsewhere parentheses begin a condition. */
function comparedCall(s: Scanner): string | undefined {
  const start = s.pos
  const name = s.callName()
  if (
    name === undefined ||
    /^(?:!=|[=<>])/.test(s.peek() + (s.text[s.pos + 1] ?? ''))
  )
    return name
  s.pos = start
  return undefined
}

function takeOperator(s: Scanner): SearchOperator | undefined {
  for (const op of ['!=', '<=', '>=', '==', '=', '<', '>'] as const) {
    if (s.take(op)) return op === '==' ? '=' : op
  }
  return undefined
}

function valueText(s: Scanner): string {
  const text = s.quotedLiteral() ?? s.bareLiteral('|()[],="<>')
  if (text === undefined) s.fail('expected a value')
  return text
}

/** `values = value {[","] value}` */
function valueList(s: Scanner): SearchValue[] {
  s.space()
  const open = s.pos
  s.expect('(', 'before the values')
  const values: SearchValue[] = []
  s.takeCommas()
  do {
    if (s.peek() === ')') break
    values.push(parseWrapped(s) ?? { text: valueText(s), how: 'plain' })
    // Values that are parted by white space alone are accepted as Splunk does.
  } while (s.takeCommas() || (s.peek() !== ')' && !s.atCommandEnd()))
  if (!s.take(')')) {
    throw new SyntaxProblem('P003', 'a parenthesis is not closed', open)
  }
  if (!values.length) s.fail('expected a value in IN ()', 'P010')
  return values
}

function parseWrapped(s: Scanner): SearchValue | undefined {
  const at = s.pos
  for (const [word, how] of [
    ['CASE', 'case'],
    ['TERM', 'term'],
  ] as const) {
    if (s.takeWord(word)) {
      if (s.text[s.pos] === '(') {
        s.pos++
        const text = valueText(s)
        s.expect(')', `behind ${word}(...`)
        return { text, how }
      }
      s.pos = at
    }
  }
  return undefined
}
