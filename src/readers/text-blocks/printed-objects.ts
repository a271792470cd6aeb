// Objects as a script's console prints them: Logstash's `rubydebug` over several lines, Python's dictionaries one a line.
// Source: Logstash reference, "Rubydebug codec plugin".
import { parseLiteral } from '../flat/literals.ts'
import type { TextForm } from './block-reader.ts'

export const printedObjectsForm: TextForm = {
  name: 'printed-objects',
  looksLike: (text) =>
    /^(?:\[\s?)?\{\s{0,64}(?:"[^"\n]{1,256}"|:\w{1,64})\s{0,8}=>/m.test(text) ||
    /^(?:\[\s?)?\{'[^'\n]{1,256}': /m.test(text),
  begins: (line) => opens.test(line),
  ends: (line) => closes.test(line),
  object: (lines) =>
    parseLiteral(
      lines
        .join('\n')
        .replace(opens, '{')
        .replace(/\}[\s\],]*$/, '}'),
    ),
  isAround: (line) => !opens.test(line),
}

/** One may stand in a list, whose brackets and commas are around. */
const opens = /^[[ ]{0,2}\{/
const closes = /^(?:[[ ]{0,2}\{.*)?\}[\],]{0,2}\s*$/
