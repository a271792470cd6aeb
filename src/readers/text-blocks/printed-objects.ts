// Objects as a script's console prints them: Logstash's `rubydebug` over several lines, Python's dictionaries one a line.
// Source: Logstash reference, "Rubydebug codec plugin".
import { parseLiteral } from '../flat/literals.ts'
import type { TextForm } from './block-reader.ts'

export const printedObjectsForm: TextForm = {
  name: 'printed-objects',
  looksLike: (text) =>
    /^\{\s{0,64}"[^"\n]{1,256}"\s{0,8}=>/m.test(text) ||
    /^\{'[^'\n]{1,256}': /m.test(text),
  begins: (line) => line.startsWith('{'),
  ends: (line) => /^(?:\{.*)?\}\s*$/.test(line),
  object: (lines) => parseLiteral(lines.join('\n')),
  isAround: (line) => !line.startsWith('{'),
}
