// Commands of a shell that hold others: groups, choices, loops, cases.
import type { Budget } from '../budget.ts'
import type { Node } from '../syntax/node.ts'
import type { WordSource } from './word-source.ts'
import { readWord } from './words.ts'

/** What they need of the parser, which needs them. */
export interface CommandReader extends WordSource {
  /** Commands up to a word of which `ends` says so; that is not taken. */
  list(ends: (word: string) => boolean): Node[]
  /** The one that stands here. */
  command(): Node | undefined
  accept(word: string): boolean
  blanks(): void
  /** The character that stands here; '' at the end. */
  readonly c: string
  readonly budget: Budget
}

type Compound = (parser: CommandReader, start: number) => Node

const until =
  (...words: readonly string[]) =>
  (word: string): boolean =>
    words.includes(word)

export function group(parser: CommandReader, start: number): Node {
  parser.at++
  const body = parser.list(until('}'))
  parser.accept('}')
  return { kind: 'block', body, start, end: parser.at }
}

export function subshell(parser: CommandReader, start: number): Node {
  parser.at++
  const body = parser.list(() => false)
  parser.accept(')')
  return { kind: 'block', body, start, end: parser.at }
}

const ifCommand: Compound = (parser, start) => {
  const test = parser.list(until('then'))
  parser.accept('then')
  const yes = parser.list(until('else', 'elif', 'fi'))
  let no: Node[] = []
  if (parser.accept('elif')) no = [ifCommand(parser, parser.at)]
  else {
    if (parser.accept('else')) no = parser.list(until('fi'))
    parser.accept('fi')
  }
  const end = parser.at
  return {
    kind: 'if',
    test: testOf(test, start, end),
    yes,
    no,
    start,
    end,
  }
}

/** `[ a -lt b ]`, `(( a < b ))`; of other commands nobody knows. */
function testOf(test: readonly Node[], start: number, end: number): Node {
  const [only] = test.length === 1 ? test : []
  const asked = only && askedBy(only)
  return (
    asked ?? { kind: 'block', body: [...test, openTest(start)], start, end }
  )
}

function askedBy(node: Node): Node | undefined {
  // What an arithmetic command comes to.
  if (node.kind === 'block' && node.body.length === 1) {
    const [inner] = node.body
    return inner?.kind === 'binary' || inner?.kind === 'unary'
      ? inner
      : undefined
  }
  if (node.kind !== 'command' || node.from) return undefined
  const [first, ...rest] = node.words
  const name = first?.kind === 'text' ? first.value : ''
  const last = rest.at(-1)
  const closes = name === '[' ? ']' : name === '[[' ? ']]' : undefined
  if (
    name !== 'test' &&
    !(closes && last?.kind === 'text' && last.value === closes)
  )
    return undefined
  const args = closes ? rest.slice(0, -1) : rest
  if (args.length < 2 || args.length > 3) return undefined
  const { start, end } = node
  const callee: Node = { kind: 'name', name: '[test]', start, end: start }
  return { kind: 'call', callee, args, start, end }
}

/** Whether a command succeeds, nobody knows. */
function openTest(at: number): Node {
  return { kind: 'name', name: '', start: at, end: at }
}

const loopCommand: Compound = (parser, start) => {
  const isWhile = parser.text.startsWith('while', parser.at - 5)
  const test = parser.list(until('do'))
  parser.accept('do')
  const body = parser.list(until('done'))
  parser.accept('done')
  const end = parser.at
  const [only] = test.length === 1 ? test : []
  const asked = only && askedBy(only)
  if (asked) {
    const test = isWhile
      ? asked
      : ({ kind: 'unary', op: 'not', operand: asked, start, end } as const)
    return { kind: 'while', first: [], test, step: [], body, start, end }
  }
  return { kind: 'block', body: [...test, ...body], start, end }
}

const forCommand: Compound = (parser, start) => {
  parser.blanks()
  const name = /[A-Za-z_]\w{0,100}/y
  name.lastIndex = parser.at
  const variable = name.exec(parser.text)?.[0] ?? ''
  parser.at += variable.length
  const items: Node[] = []
  parser.blanks()
  if (parser.text.startsWith('in', parser.at)) {
    parser.at += 2
    for (
      parser.blanks();
      parser.c && !/[\n;]/.test(parser.c);
      parser.blanks()
    ) {
      const before = parser.at
      items.push(readWord(parser))
      if (parser.at === before) parser.at++
    }
  } else parser.list(until('do'))
  parser.accept('do')
  const body = parser.list(until('done'))
  parser.accept('done')
  const end = parser.at
  const over: Node = { kind: 'list', items, start, end }
  return {
    kind: 'each',
    variable,
    over: {
      kind: 'call',
      callee: { kind: 'name', name: '[words]', start, end: start },
      args: [over],
      start,
      end,
    },
    body,
    start,
    end,
  }
}

const caseCommand: Compound = (parser, start) => {
  parser.blanks()
  readWord(parser)
  parser.accept('in')
  const body: Node[] = []
  for (;;) {
    if (parser.accept('esac') || parser.at >= parser.end || parser.budget.spent)
      break
    const close = parser.text.indexOf(')', parser.at)
    if (close < 0 || close > parser.end) break
    parser.at = close + 1
    for (const node of parser.list(until('esac'))) body.push(node)
  }
  return { kind: 'block', body, start, end: parser.at }
}

/** `coproc NAME { … }`: a name stands for what is read from it and what is written to it. */
const besides: Compound = (parser, start) => {
  parser.blanks()
  const named = /([A-Za-z_]\w{0,100})\s+(?=[({])/y
  named.lastIndex = parser.at
  const [all = '', name = 'COPROC'] = named.exec(parser.text) ?? []
  parser.at += all.length
  const body = parser.command()
  const end = parser.at
  const callee: Node = { kind: 'name', name: '[ends]', start, end: start }
  const target: Node = { kind: 'name', name, start, end: start }
  const args = body ? [body] : []
  const value: Node = { kind: 'call', callee, args, start, end }
  return { kind: 'assign', target, value, op: '', start, end }
}

export const compounds: Readonly<Record<string, Compound>> = {
  if: ifCommand,
  while: loopCommand,
  until: loopCommand,
  for: forCommand,
  select: forCommand,
  case: caseCommand,
  coproc: besides,
  '!': (parser, start) => {
    const body = parser.list(() => true)
    return { kind: 'block', body, start, end: parser.at }
  },
}
