// dedup: the first rows of each combination of values.
import { type Options, takeCount, takeOptions } from './options.ts'
import { names, sortKeys, words } from './parts.ts'
import { parseSortKeys } from './sort.ts'
import type { Syntax } from './syntax.ts'

const options = {
  keepevents: 'flag',
  keepempty: 'flag',
  consecutive: 'flag',
} as const

/** `dedup [count] {field | option} ["sortby" sort-keys]` */
export const dedup: Syntax<'dedup'> = {
  words: ['dedup'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    const others = () => takeOptions(s, options, found, 'dedup')
    others()
    const count = takeCount(s) ?? 1
    if (count < 1) s.fail('expected a count of at least 1')
    const fields: string[] = []
    for (;;) {
      others()
      if (s.atCommandEnd() || s.seesWord('sortby', true)) break
      fields.push(s.name('a field'))
      s.takeCommas()
    }
    if (!fields.length) s.fail('"dedup" needs a field', 'P010')
    return {
      kind: 'dedup',
      count,
      fields,
      keepEvents: found.keepevents ?? false,
      keepEmpty: found.keepempty ?? false,
      consecutive: found.consecutive ?? false,
      sortBy: s.takeWord('sortby', true) ? parseSortKeys(s) : [],
    }
  },
  print: (c) =>
    words(
      'dedup',
      `keepevents=${c.keepEvents} keepempty=${c.keepEmpty} consecutive=${c.consecutive} ${c.count}`,
      names(c.fields),
      c.sortBy.length > 0 && `sortby ${sortKeys(c.sortBy)}`,
    ),
}
