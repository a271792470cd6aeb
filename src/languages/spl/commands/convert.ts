// convert: values in another form.
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Convert, ConvertFunction } from '../../../ir/operator.ts'
import { formatProblem } from '../../../meaning/time-format.ts'
import { quote } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'
import { type Options, takeOptions } from './options.ts'
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { timeformat: 'text' } as const

const conversions: readonly ConvertFunction[] = [
  'ctime',
  'mktime',
  'auto',
  'num',
  'none',
  'dur2sec',
  'memk',
  'mstime',
  'rmcomma',
  'rmunit',
]

const defaultFormat = '%m/%d/%Y %H:%M:%S'

/** `convert {option} conversion {[","] conversion}` */
export const convert: Syntax<'convert'> = {
  words: ['convert'],
  options,
  parse(s, { at }) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'convert')
    const list: Convert['conversions'][number][] = []
    while (!s.atCommandEnd()) {
      list.push(parseConversion(s))
      s.takeCommas()
    }
    if (!list.length)
      s.fail('"convert" needs a conversion, such as ctime(field)', 'P010')
    const timeFormat = found.timeformat ?? defaultFormat
    const problem = formatProblem(timeFormat, 'write')
    if (problem) throw new SyntaxProblem('P009', problem, at)
    return { kind: 'convert', timeFormat, conversions: list }
  },
  print: (c) =>
    `convert timeformat=${quote(c.timeFormat)} ${c.conversions
      .map((v) => `${v.fn}(${name(v.field)}) as ${name(v.as)}`)
      .join(', ')}`,
}

/** `conversion = function "(" field ")" ["as" field]` */
function parseConversion(s: Scanner): Convert['conversions'][number] {
  s.space()
  const start = s.pos
  const word = s.word() ?? ''
  const fn = conversions.find((c) => c === word.toLowerCase())
  if (!fn) {
    throw new SyntaxProblem(
      'P005',
      `unknown conversion "${word}"`,
      start,
      didYouMean(word, conversions),
    )
  }
  s.expect('(', `behind "${word}"`)
  const field = s.name('a field')
  s.expect(')', 'behind the field')
  const as = s.takeWord('as', true) ? s.name('a name') : field
  return { fn, field, as }
}
