// join: rows of another search beside those that agree.
import { SyntaxProblem } from '../report.ts'
import { off, type Options, takeOptions, wrong } from './options.ts'
import { names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const sides = 'name the fields that both searches have (rename them before)'

const options = {
  type: 'text',
  max: 'count',
  overwrite: 'flag',
  usetime: { refused: 'rows are joined by their fields', unless: off },
  earlier: 'harmless',
  left: { refused: sides },
  right: { refused: sides },
} as const

/** `join {option | field} "[" search "]"` */
export const join: Syntax<'join'> = {
  words: ['join'],
  options,
  parse(s, { at, brackets }) {
    const found: Options<typeof options> = {}
    const fields: string[] = []
    while (s.peek() !== '[') {
      takeOptions(s, options, found, 'join')
      if (s.peek() === '[' || s.atCommandEnd()) break
      if (s.seesWord('where', true))
        throw new SyntaxProblem(
          'P012',
          `"join where" is not supported: ${sides}`,
          at,
        )
      fields.push(s.name('a field'))
      s.takeCommas()
    }
    const type = (found.type ?? 'inner').toLowerCase()
    if (!['inner', 'left', 'outer'].includes(type))
      wrong('type', found.type ?? '', 'inner, left or outer', at)
    return {
      kind: 'join',
      type: type === 'inner' ? 'inner' : 'left',
      max: found.max ?? 1,
      overwrite: found.overwrite ?? true,
      fields,
      search: brackets(0),
    }
  },
  print: (c, show) =>
    words(
      'join',
      `type=${c.type} max=${c.max} overwrite=${c.overwrite}`,
      names(c.fields),
      show.query(c.search),
    ),
}
