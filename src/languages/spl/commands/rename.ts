// rename: other names for fields.
import type { Renaming } from '../../../ir/operator.ts'
import { SyntaxProblem } from '../report.ts'
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `rename field "as" field {[","] field "as" field}` */
export const rename: Syntax<'rename'> = {
  words: ['rename'],
  options: {},
  parse(s) {
    const pairs: Renaming[] = []
    while (!s.atCommandEnd()) {
      const from = s.name('a field')
      if (!s.takeWord('as', true)) s.fail(`expected "as" behind "${from}"`)
      s.space()
      const behind = s.pos
      const to = s.name('a new name')
      if (stars(from) !== stars(to)) {
        throw new SyntaxProblem(
          'P001',
          `"${from}" and "${to}" have a different number of wildcards`,
          behind,
        )
      }
      pairs.push({ from, to })
      s.takeCommas()
    }
    if (!pairs.length) s.fail('"rename" needs a field', 'P010')
    return { kind: 'rename', pairs }
  },
  print: (c) =>
    `rename ${c.pairs.map((p) => `${name(p.from)} as ${name(p.to)}`).join(', ')}`,
}

function stars(text: string): number {
  return text.split('*').length - 1
}
