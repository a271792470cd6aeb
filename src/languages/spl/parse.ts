// A search as text becomes a tree. Every problem of every command is collected; an unknown command is never passed over.
import { didYouMean } from '../../base/did-you-mean.ts'
import { entryOf } from '../../base/entry.ts'

import type { Command, PlainCommand, Query } from './ast.ts'
import { commandNames, parsers } from './commands/all.ts'
import { combinations } from './commands/union.ts'
import { refusedCommands } from './commands/refused.ts'
import { parseSearch } from './parse-search.ts'
import type { Report } from './report.ts'
import { SyntaxProblem } from './report.ts'
import { Scanner } from './scanner.ts'

/** Commands of one search, those in brackets included. */
const maxCommands = 500
/** Searches in brackets within one another. */
const maxBrackets = 16

/** Parses prepared text (fence, comments and macros already gone). Problems go to the report. */
export function parseQuery(source: string, report: Report): Query {
  return new Parser(source, report).query()
}

class Parser {
  readonly #s: Scanner
  readonly #report: Report
  #commandsLeft = maxCommands
  #nesting = 0

  constructor(source: string, report: Report) {
    this.#s = new Scanner(source)
    this.#report = report
  }

  query(): Query {
    const query = this.#pipeline(false)
    const rest = this.#s.peek()
    if (rest !== '' && !this.#report.failed) {
      this.#report.error(
        'P001',
        `expected the end of the search, found "${rest}"`,
        this.#s.pos,
      )
    }
    for (const { code, message, at } of this.#s.notes)
      this.#report.add('note', code, message, at)
    return query
  }

  /**
   *     pipeline = ["|"] command {"|" command}
   *
   * In brackets a search begins with a command's name, as everywhere but at the very start.
   */
  #pipeline(inBrackets: boolean): Query {
    const s = this.#s
    const commands: Command[] = []
    let first = !s.take('|') && !inBrackets
    do {
      const end = s.peek()
      if (end === '' || end === ']') break
      const read = this.#commandOrProblem(first, commands.length === 0)
      for (const command of read) commands.push(command)
      if (this.#commandsLeft < 0) break
      first = false
    } while (s.take('|'))
    return { commands }
  }

  /** A problem in one command does not hide those in the next. */
  #commandOrProblem(first: boolean, isHead: boolean): readonly Command[] {
    const s = this.#s
    const start = s.pos
    const depth = this.#nesting
    try {
      if (--this.#commandsLeft < 0) {
        throw new SyntaxProblem(
          'P016',
          `the search has more than ${maxCommands} commands`,
          start,
        )
      }
      const read = this.#command(first, isHead)
      if (!s.atCommandEnd()) s.fail('expected "|" or the end')
      return read
    } catch (e) {
      if (!(e instanceof SyntaxProblem)) throw e
      this.#report.error(e.code, e.message, e.at, e.hint || undefined)
      this.#nesting = depth
      s.skipCommand(start)
      return []
    }
  }

  /** `command = name arguments`, or at the very start `condition` alone */
  #command(first: boolean, isHead: boolean): readonly Command[] {
    const s = this.#s
    s.space()
    const at = s.pos
    const written = /^[A-Za-z_]+(?=[\s([|\]]|$)/.exec(s.text.slice(at, at + 40))
    const word = written?.[0].toLowerCase() ?? ''
    const named = !first || (word === 'search' && !followedByOperator(s, word))
    const place = { word, at, brackets: () => this.#brackets() }
    const several = named ? entryOf(combinations, word) : undefined
    if (several) {
      s.pos += word.length
      return several
        .parse(s, place, isHead)
        .map((plain) => ({ at, ...plain }) as Command)
    }
    const parse = named ? parsers.get(word) : undefined
    if (named && !parse) unknownCommand(s, word || undefined, at)
    let plain: PlainCommand
    if (parse) {
      s.pos += word.length
      plain = parse(s, place)
    } else {
      plain = { kind: 'search', of: parseSearch(s, () => this.#brackets()) }
    }
    return [{ ...plain, at } as Command]
  }

  /** `brackets = "[" pipeline "]"` */
  #brackets(): Query {
    const s = this.#s
    s.space()
    const open = s.pos
    s.expect('[', 'before a search')
    if (++this.#nesting > maxBrackets) {
      throw new SyntaxProblem(
        'P016',
        `more than ${maxBrackets} searches stand within one another`,
        open,
      )
    }
    const query = this.#pipeline(true)
    this.#nesting--
    if (!s.take(']'))
      throw new SyntaxProblem('P003', 'a bracket is not closed', open)
    return query
  }
}

/** `search=x` is a condition on a field that is called search. */
function followedByOperator(s: Scanner, word: string): boolean {
  return /^\s*(?:!=|[=<>])/.test(
    s.text.slice(s.pos + word.length, s.pos + word.length + 40),
  )
}

function unknownCommand(
  s: Scanner,
  name: string | undefined,
  at: number,
): never {
  const shown = name ?? s.word() ?? s.peek()
  if (name && Object.hasOwn(refusedCommands, name)) {
    throw new SyntaxProblem(
      'P012',
      `command "${name}" is not supported: ${refusedCommands[name]}`,
      at,
    )
  }
  if (!shown || !/^\w/.test(shown)) s.fail('expected a command')
  throw new SyntaxProblem(
    'P004',
    `unknown command "${shown}"`,
    at,
    didYouMean(shown, commandNames) || undefined,
  )
}
