// No option is dropped in silence: what a command's table says of an option is what happens when it is written.
import { describe, expect, it } from 'vitest'

import { commands } from '../src/languages/spl/commands/all.ts'
import { shorthands } from '../src/languages/spl/commands/shorthands.ts'
import { combinations } from '../src/languages/spl/commands/union.ts'
import { compileSearch } from '../src/languages/spl/index.ts'
import { printQuery } from '../src/languages/spl/print.ts'

/** The least that each command needs, `OPTIONS` where its options stand. */
const least: Readonly<Record<string, string>> = {
  addtotals: '* | addtotals OPTIONS',
  addcoltotals: '* | addcoltotals OPTIONS',
  append: '* | append OPTIONS [ search a=1 ]',
  appendcols: '* | appendcols OPTIONS [ search a=1 ]',
  appendpipe: '* | appendpipe OPTIONS [ stats count ]',
  bin: '* | bin OPTIONS a',
  chart: '* | timechart OPTIONS count by b',
  convert: '* | convert OPTIONS ctime(a)',
  dedup: '* | dedup OPTIONS a',
  delta: '* | delta a OPTIONS',
  eventstats: '* | eventstats OPTIONS count by a',
  extract: '* | extract OPTIONS',
  fillnull: '* | fillnull OPTIONS a',
  foreach: '* | foreach OPTIONS a [ eval <<FIELD>>=1 ]',
  format: '* | format OPTIONS',
  from: '| datamodel OPTIONS Endpoint Processes search',
  fromjson: '* | fromjson OPTIONS a',
  head: '* | head OPTIONS',
  inputlookup: '| inputlookup OPTIONS t',
  iplocation: '* | iplocation OPTIONS a',
  join: '* | join OPTIONS a [ search a=1 ]',
  lookup: '* | lookup OPTIONS t a',
  makemv: '* | makemv OPTIONS a',
  makeresults: '| makeresults OPTIONS',
  mvcombine: '* | mvcombine OPTIONS a',
  mvexpand: '* | mvexpand a OPTIONS',
  outlier: '* | outlier OPTIONS a',
  rangemap: '* | rangemap low=0-1 field=a OPTIONS',
  rex: '* | rex OPTIONS "s/(?<g>x)/y/"',
  sort: '* | sort OPTIONS a',
  spath: '* | spath path=p OPTIONS',
  stats: '* | stats OPTIONS count by a',
  strcat: '* | strcat OPTIONS a "x" b',
  streamstats: '* | streamstats OPTIONS count by a',
  top: '* | top useother=t OPTIONS a',
  transaction: '* | transaction OPTIONS a',
  transpose: '* | transpose OPTIONS',
  union: '* | union OPTIONS [ search a=1 ]',
  tstats: '| tstats OPTIONS count by a',
  xmlkv: '* | xmlkv OPTIONS',
  xyseries: '* | xyseries OPTIONS a b c d',
}

/** A few values, one of which is not what happens anyway. */
const values: Readonly<Record<string, readonly string[]>> = {
  flag: ['true', 'false'],
  count: ['7'],
  number: ['7'],
  span: ['7m'],
  'snapped-span': ['7m'],
  text: ['qx', '@d', 'bottom7', '%H'],
  special: ['sed', 'left', 'remove'],
}

const options = [
  ...Object.values(commands).map((c) => [c.words[0]!, c.options] as const),
  ...Object.entries({ ...shorthands, ...combinations }).map(
    ([word, c]) => [word, c.options] as const,
  ),
].flatMap(([word, options]) =>
  Object.entries(options).map(
    ([option, kind]) => [word, option, kind] as const,
  ),
)

/** What is passed over, and that the order of reading decides. */
const said = new Set(['P048', 'P054'])

const written = (command: string, option: string, value: string) =>
  least[command]!.replace('OPTIONS', option && `${option}=${value}`)

function compiled(text: string) {
  const { query, diagnostics } = compileSearch(text)
  return { text: printQuery(query), codes: diagnostics.map((d) => d.code) }
}

const known = options.filter(([, , kind]) => typeof kind === 'string')
const counting = known.filter(([, , kind]) => kind !== 'harmless')
const other = options.filter(([, , kind]) => typeof kind === 'object')

describe('the options of commands', () => {
  it('have an example of each command that has any', () => {
    const missing = options.filter(([command]) => !least[command])
    expect(missing.map(([command]) => command)).toEqual([])
  })

  it.each(counting)('%s %s= changes what the search says', (c, o, kind) => {
    const plain = compiled(written(c, '', '')).text
    const given = [...values[String(kind)]!, ...values.special!].flatMap(
      (v) => {
        const { text, codes } = compiled(written(c, o, v))
        return codes.every((code) => said.has(code)) ? [text] : []
      },
    )
    expect(given.filter((text) => text !== plain)).not.toEqual([])
  })

  it.each(other)(
    '%s %s= is refused, or said to be passed over',
    (c, o, kind) => {
      if (typeof kind === 'string') return
      const code = 'refused' in kind ? 'P012' : 'P048'
      expect(compiled(written(c, o, 'qx')).codes).toContain(code)
      for (const usual of kind.unless ?? [])
        expect(compiled(written(c, o, usual)).codes).not.toContain(code)
    },
  )

  it('pass without a word only where they cannot change rows', () => {
    const harmless = known.filter(([, , kind]) => kind === 'harmless')
    expect([...new Set(harmless.map(([, option]) => option))].sort()).toEqual([
      'allow_old_summaries',
      'chunk_size',
      'delim',
      'earlier',
      'include_reduced_buckets',
      'local',
      'maxinputs',
      'maxtime',
      'mvraw',
      'partitions',
      'reload',
      'run_in_preview',
      'splunk_server',
      'splunk_server_group',
      'strict',
      'summariesonly',
      'timeout',
      'update',
      'use_summary_index_values',
    ])
  })
})
