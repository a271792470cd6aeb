// Writes the documents that the tests make into a folder, so that other programs can read them: usage: npx tsx scripts/write-documents.ts FOLDER
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { compoundOf } from '../test/documents/compound.ts'
import { books, fields, twins, written } from '../test/documents/hidden-dde.ts'
import {
  formulas,
  ordinary,
  sheetFormats,
  wordFormats,
} from '../test/documents/hidden-packages.ts'
import { vbaStreams } from '../test/documents/vba.ts'

const folder = process.argv[2]
if (!folder) throw new Error('usage: npx tsx scripts/write-documents.ts FOLDER')
mkdirSync(folder, { recursive: true })
let count = 0

/** `kind` begins or ends with the format that its ending is. */
function write(kind: string, name: string, bytes: Buffer): void {
  const ending = kind.includes('XML')
    ? 'xml'
    : (/(?:docm|docx|dotx|doc|rtf|xlsx|xlsm|xlam|xls|ods|slk)/.exec(
        kind,
      )?.[0] ?? 'bin')
  const number = String(count++).padStart(3, '0')
  const label = `${kind} ${name}`.replaceAll(/\W+/g, '-')
  writeFileSync(join(folder!, `${number}-${label}.${ending}`), bytes)
}

const letters = {
  ...wordFormats,
  doc: written.doc!,
  'doc of many pieces': written['doc of many pieces']!,
  rtf: written.rtf!,
  'rtf in digits': written['rtf in digits']!,
}
for (const [kind, make] of Object.entries(letters))
  for (const [name, hidden] of Object.entries({ ...fields, ...twins }))
    write(kind, name, make(hidden))

const cells = [...Object.entries(formulas), ...ordinary.map((f) => [f, f])]
for (const [kind, make] of Object.entries(sheetFormats))
  for (const [name, formula] of cells) write(kind, name!, make(formula!))
for (const [name, make] of Object.entries(books)) write('xls', name, make())

const scripts = join('test', 'scripts', 'corpus')
for (const name of readdirSync(scripts).filter((n) => n.endsWith('.bas'))) {
  const source = readFileSync(join(scripts, name), 'latin1')
  const streams = vbaStreams('Macros/', [
    { name: 'Module1', source: source.replaceAll(/\r?\n/g, '\r\n') },
  ])
  write('doc with macros', name, compoundOf({ streams }))
}
console.log(`${count} documents in ${folder}`)
