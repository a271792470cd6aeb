// from and datamodel: the events of a data model, or the rows of a table.
import { quote } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'
import { off, takeOptions } from './options.ts'
import type { Syntax } from './syntax.ts'

const options = {
  summariesonly: 'harmless',
  allow_old_summaries: 'harmless',
  strict_fields: { noted: 'every field of the events is there', unless: off },
} as const

/**
 *     from      = "from" ("datamodel" | "inputlookup" | "lookup") [":"] name
 *     datamodel = "datamodel" model [data-set] ["search" | "flat"] {option}
 */
export const from: Syntax<'model'> = {
  words: ['from', 'datamodel'],
  options,
  parse(s, { word, at }) {
    if (word === 'datamodel') return { kind: 'model', dataModel: model(s) }
    const what = (s.word('|()[],="\'<>:') ?? '').toLowerCase()
    s.take(':')
    if (what === 'datamodel')
      return { kind: 'model', dataModel: s.name('the name of a data model') }
    if (what === 'inputlookup' || what === 'lookup') {
      const table = s.name('the name of a table')
      return { kind: 'tablerows', table, start: 0, max: 0 }
    }
    throw new SyntaxProblem(
      'P012',
      `"from ${what}" is not supported: name a datamodel or an inputlookup`,
      at,
    )
  },
  print: (c) => `from datamodel:${quote(c.dataModel)}`,
}

function model(s: Scanner): string {
  takeOptions(s, options, {}, 'datamodel')
  let name = s.name('the name of a data model')
  const set = s.atCommandEnd() ? undefined : s.optionalName()
  if (set !== undefined && !/^(?:search|flat|acceleration_search)$/.test(set)) {
    name = `${name}.${set}`
    s.optionalName()
  }
  takeOptions(s, options, {}, 'datamodel')
  return name
}
