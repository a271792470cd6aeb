// spath: values of a JSON or XML document become fields.
import { quote } from '../print-expression.ts'
import { type Options, takeOptions } from './options.ts'
import { words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { input: 'text', output: 'text', path: 'text' } as const

/** `spath {option} [path] {option}` */
export const spath: Syntax<'spath'> = {
  words: ['spath'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'spath')
    const bare = s.atCommandEnd() ? undefined : s.name('a path')
    takeOptions(s, options, found, 'spath')
    const path = found.path ?? bare
    return {
      kind: 'spath',
      input: found.input ?? '_raw',
      ...(path === undefined ? {} : { path, output: found.output ?? path }),
    }
  },
  print: (c) =>
    words(
      'spath',
      `input=${quote(c.input)}`,
      c.path !== undefined &&
        `output=${quote(c.output ?? c.path)} path=${quote(c.path)}`,
    ),
}
