// extract and kv: pairs of a name and a value in the text of a row become fields.
import { quote } from '../print-expression.ts'
import { type Options, off, takeOptions } from './options.ts'
import { words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  pairdelim: 'text',
  kvdelim: 'text',
  limit: 'count',
  maxchars: 'count',
  mv_add: 'flag',
  clean_keys: 'flag',
  reload: 'harmless',
  segment: { noted: 'texts are kept whole', unless: off },
  auto: {
    noted: 'pairs are looked for as the delimiters say',
    unless: ['t', 'true', '1'],
  },
} as const

/** Pairs, and characters looked at, where the search states no number. */
const defaultPairs = 50
const defaultChars = 10_240

/** `("extract" | "kv") {option}` */
export const extract: Syntax<'extract'> = {
  words: ['extract', 'kv'],
  options,
  parse(s, { word }) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, word)
    if (!s.atCommandEnd())
      s.fail(`"${word}" knows no extractions by name, expected the end`)
    return {
      kind: 'extract',
      ...(found.pairdelim === undefined ? {} : { pairMarks: found.pairdelim }),
      ...(found.kvdelim === undefined ? {} : { valueMarks: found.kvdelim }),
      limit: found.limit ?? defaultPairs,
      maxChars: found.maxchars ?? defaultChars,
      addValues: found.mv_add ?? false,
      cleanNames: found.clean_keys ?? true,
    }
  },
  print: (c) =>
    words(
      'extract',
      c.pairMarks !== undefined && `pairdelim=${quote(c.pairMarks)}`,
      c.valueMarks !== undefined && `kvdelim=${quote(c.valueMarks)}`,
      `limit=${c.limit} maxchars=${c.maxChars} mv_add=${c.addValues} clean_keys=${c.cleanNames}`,
    ),
}
