// outlier: numbers far outside of the middle half of their field.
import { nameList, type Options, takeOptions, wrong } from './options.ts'
import { names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  action: 'text',
  mark: 'flag',
  param: 'number',
  uselower: 'flag',
} as const

/** Quarters of a field's range beyond which a number is outside, where nothing is said. */
const usualFactor = 2.5

/** `outlier {option | field}` */
export const outlier: Syntax<'outlier'> = {
  words: ['outlier'],
  options,
  parse(s, { at }) {
    const found: Options<typeof options> = {}
    const fields = nameList(s, [], 'a field', () =>
      takeOptions(s, options, found, 'outlier'),
    )
    const action = found.action ?? 'transform'
    if (!/^(?:rm|remove|tf|transform)$/i.test(action))
      wrong('action', action, 'remove or transform', at)
    return {
      kind: 'outlier',
      fields,
      remove: /^r/i.test(action),
      mark: found.mark ?? false,
      factor: found.param ?? usualFactor,
      lower: found.uselower ?? false,
    }
  },
  print: (c) =>
    words(
      'outlier',
      `action=${c.remove ? 'remove' : 'transform'} mark=${c.mark} param=${c.factor} uselower=${c.lower}`,
      names(c.fields),
    ),
}
