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
    if (what === 'datamodel') return { kind: 'model', dataModel: modelName(s) }
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

/** `Endpoint.Processes`, its parts in quotes or not. */
export function modelName(s: Scanner): string {
  let name = s.name('the name of a data model')
  while (s.text[s.pos] === '.' && s.take('.'))
    name += `.${s.name('a data set')}`
  return name
}

/** Of a model alone Splunk prints the definition, which there is none of here. */
function model(s: Scanner): string {
  takeOptions(s, options, {}, 'datamodel')
  s.space()
  const at = s.pos
  let name = s.name('the name of a data model')
  if (s.atCommandEnd() && !name.includes('.'))
    throw new SyntaxProblem(
      'P010',
      `"datamodel ${name}" alone prints how the model is defined`,
      at,
      `name a data set for its events, as in "datamodel Endpoint Processes search"; "tstats count from datamodel=${name}" counts all`,
    )
  const set = s.atCommandEnd() ? undefined : s.optionalName()
  if (set !== undefined && !/^(?:search|flat|acceleration_search)$/.test(set)) {
    name = `${name}.${set}`
    s.optionalName()
  }
  takeOptions(s, options, {}, 'datamodel')
  return name
}
