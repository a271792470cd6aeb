// appendpipe: what inner commands make of the rows, behind them.
import { takeOptions } from './options.ts'
import type { Syntax } from './syntax.ts'

const options = { run_in_preview: 'harmless' } as const

/** `appendpipe {option} "[" pipeline "]"` */
export const appendpipe: Syntax<'appendpipe'> = {
  words: ['appendpipe'],
  options,
  parse(s, { brackets }) {
    takeOptions(s, options, {}, 'appendpipe')
    return { kind: 'appendpipe', pipeline: brackets(0) }
  },
  print: (c, show) => `appendpipe ${show.query(c.pipeline)}`,
}
