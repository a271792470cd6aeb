// delta: how much a number differs from that of a row before.
import { type Options, takeOptions } from './options.ts'
import { name, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = { p: 'count' } as const

/** `delta field ["as" field] {option}` */
export const delta: Syntax<'delta'> = {
  words: ['delta'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    const others = () => takeOptions(s, options, found, 'delta')
    others()
    const field = s.name('a field')
    others()
    const as = s.takeWord('as', true) ? s.name('a name') : `delta(${field})`
    others()
    return { kind: 'delta', field, as, period: found.p || 1 }
  },
  print: (c) =>
    words('delta', name(c.field), `as ${name(c.as)}`, `p=${c.period}`),
}
