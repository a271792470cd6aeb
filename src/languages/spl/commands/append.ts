// append and appendcols: the rows of another search behind or beside those that come in.
import { type Options, takeOptions } from './options.ts'
import { words } from './parts.ts'
import type { Syntax } from './syntax.ts'

// How long a search in brackets may take, and over which times.
export const running = {
  maxtime: 'harmless',
  timeout: 'harmless',
  extendtimerange: {
    noted: 'the search in brackets has the times that it states',
    unless: ['f', 'false', '0'],
  },
} as const

const options = { ...running, maxout: 'count' } as const

/** `append {option} "[" search "]"` */
export const append: Syntax<'append'> = {
  words: ['append'],
  options,
  parse(s, { brackets }) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'append')
    return { kind: 'append', ...maxOut(found), search: brackets(0) }
  },
  print: (c, show) =>
    words('append', c.max && `maxout=${c.max}`, show.query(c.search)),
}

const besideOptions = { ...options, override: 'flag' } as const

/** `appendcols {option} "[" search "]"` */
export const appendcols: Syntax<'appendcols'> = {
  words: ['appendcols'],
  options: besideOptions,
  parse(s, { brackets }) {
    const found: Options<typeof besideOptions> = {}
    takeOptions(s, besideOptions, found, 'appendcols')
    return {
      kind: 'appendcols',
      override: found.override ?? false,
      ...maxOut(found),
      search: brackets(0),
    }
  },
  print: (c, show) =>
    words(
      'appendcols',
      `override=${c.override}`,
      c.max && `maxout=${c.max}`,
      show.query(c.search),
    ),
}

function maxOut(found: { maxout?: number }): { max?: number } {
  return found.maxout ? { max: found.maxout } : {}
}
