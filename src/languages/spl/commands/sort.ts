// sort: rows in the order of keys.
import type { SortKey } from '../../../ir/operator.ts'
import type { Scanner } from '../scanner.ts'
import { type Options, takeCount, takeOptions } from './options.ts'
import { sortKeys } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** Rows that `sort` gives where no number is written. */
const defaultLimit = 10_000

const options = { limit: 'count' } as const

/** `sort [count] sort-keys ["d" | "desc"]` */
export const sort: Syntax<'sort'> = {
  words: ['sort'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'sort')
    const limit = found.limit ?? takeCount(s) ?? defaultLimit
    const keys = parseSortKeys(s)
    if (!keys.length) s.fail('"sort" needs a field', 'P010')
    const turned = s.takeWord('desc', true) || s.takeWord('d')
    return {
      kind: 'sort',
      limit,
      keys: turned
        ? keys.map((k) => ({ ...k, descending: !k.descending }))
        : keys,
    }
  },
  print: (c) => `sort ${c.limit} ${sortKeys(c.keys)}`,
}

/**
 *     sort-keys = sort-key {[","] sort-key}
 *     sort-key  = ["-" | "+"] (field | ("auto" | "num" | "str" | "ip") "(" field ")")
 */
export function parseSortKeys(s: Scanner): SortKey[] {
  const keys: SortKey[] = []
  while (!s.atCommandEnd()) {
    if (keys.length && (s.seesWord('desc', true) || s.seesWord('d'))) break
    const sign = s.take('-') ? '-' : s.take('+') ? '+' : ''
    const { field, how } = sortField(s)
    keys.push({
      field,
      descending: sign === '-',
      how,
    })
    s.takeCommas()
  }
  return keys
}

function sortField(s: Scanner): Pick<SortKey, 'field' | 'how'> {
  for (const how of ['auto', 'num', 'str', 'ip'] as const) {
    const at = s.pos
    if (s.takeWord(how, true) && s.take('(')) {
      const field = s.name('a field')
      s.expect(')', 'behind the field')
      return { field, how }
    }
    s.pos = at
  }
  return { field: s.name('a field'), how: 'auto' }
}
