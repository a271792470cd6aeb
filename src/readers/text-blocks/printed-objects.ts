// Objects as a script's console prints them: Logstash's `rubydebug` over several lines, Python's dictionaries one a line,
// Perl's Data::Dumper, Elixir's maps.
// Source: Logstash reference, "Rubydebug codec plugin".
import { parseLiteral } from '../flat/literals.ts'
import type { TextForm } from './block-reader.ts'

export const printedObjectsForm: TextForm = {
  name: 'printed-objects',
  looksLike: (text) =>
    (text.includes('=>') &&
      /^(?:\[\s?|\$VAR\d{1,6} = |%)?\{\s{0,64}(?:["'][^"'\n]{1,256}["']|:\w{1,64})\s{0,8}=>/m.test(
        text,
      )) ||
    (text.includes("{'") &&
      (/^(?:\[\s?)?\{'[^'\n]{1,256}': /m.test(text) ||
        behindPrefix.test(text))),
  begins: (line) => opens.test(line),
  ends: (line) => closes.test(line),
  object: (lines) =>
    parseLiteral(
      lines
        .join('\n')
        .replace(opens, '{')
        .replace(/\}[\s\],;]*$/, '}'),
    ),
  isAround: (line) => !opens.test(line),
}

/** What a program's log says of it stands before it in its line. */
const behindPrefix =
  /^[^{\n]{1,256}\{'[^'\n]{1,256}': [^\n]{0,65536}\}[ \t\r]*$/m

/** One may stand in a list, whose brackets and commas are around, behind a name, or behind the head of a log's line. */
const opens =
  /^(?:[[ ]{0,2}|\$VAR\d{1,6} = |%)\{|^[^{\n]{1,256}(?=\{'[^'\n]{1,256}': .{0,65536}\}\s*$)\{/
const closes =
  /^(?:[[ ]{0,2}\{.*|%\{.*|[^{\n]{1,256}\{'.*)?\}[\],]{0,2}\s*$|^ {0,16}\};\s*$/
