// The documents that the tests make, one after another: DDE in each format plain and hidden, their harmless twins, macros.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { compoundOf } from './compound.ts'
import { books, fields, twins, written } from './hidden-dde.ts'
import {
  formulas,
  ordinary,
  ordinaryText,
  sheetFormats,
  textFormats,
  textFormulas,
  wordFormats,
} from './hidden-packages.ts'
import { vbaStreams } from './vba.ts'

export interface Made {
  /** With the ending of its format. */
  readonly name: string
  readonly bytes: Buffer
}

/** In an order that stays. */
export function* madeDocuments(): Generator<Made> {
  let count = 0
  for (const { kind, name, bytes } of all()) {
    const number = String(count++).padStart(3, '0')
    const label = `${kind} ${name}`.replaceAll(/\W+/g, '-')
    yield { name: `${number}-${label}.${endingOf(kind)}`, bytes }
  }
}

/** Tables of text, where formulas are what a cell begins with. */
export function* madeTables(): Generator<Made> {
  const cells = Object.entries({ ...formulas, ...textFormulas })
  const plain = [...ordinary, ...ordinaryText].map((text, i) => [`${i}`, text])
  const makers = {
    ...textFormats,
    'a table': (cell: string) =>
      Buffer.from(
        `name,value,note\n${'1,2,3\n'.repeat(40)}a,"${cell.replaceAll('"', '""')}",b\n${'1,,3\n'.repeat(40)}`,
      ),
  }
  for (const [kind, make] of Object.entries(makers))
    for (const [name, cell] of [...cells, ...plain]) {
      const label = `${kind} ${name}`.replaceAll(/\W+/g, '-')
      yield { name: `${label}.csv`, bytes: make(cell!) }
    }
}

/** A kind begins or ends with the format that its ending is. */
function endingOf(kind: string): string {
  if (kind.includes('XML')) return 'xml'
  const ending = /(?:docm|docx|dotx|doc|rtf|xlsx|xlsm|xlam|xls|ods|slk)/
  return ending.exec(kind)?.[0] ?? 'bin'
}

function* all() {
  const letters = {
    ...wordFormats,
    doc: written.doc!,
    'doc of many pieces': written['doc of many pieces']!,
    rtf: written.rtf!,
    'rtf in digits': written['rtf in digits']!,
  }
  for (const [kind, make] of Object.entries(letters))
    for (const [name, hidden] of Object.entries({ ...fields, ...twins }))
      yield { kind, name, bytes: make(hidden) }
  const cells = [...Object.entries(formulas), ...ordinary.map((f) => [f, f])]
  for (const [kind, make] of Object.entries(sheetFormats))
    for (const [name, formula] of cells)
      yield { kind, name: name!, bytes: make(formula!) }
  for (const [name, make] of Object.entries(books))
    yield { kind: 'xls', name, bytes: make() }
  const scripts = join('test', 'scripts', 'corpus')
  for (const name of readdirSync(scripts).filter((n) => n.endsWith('.bas'))) {
    const source = readFileSync(join(scripts, name), 'latin1')
    const streams = vbaStreams('Macros/', [
      { name: 'Module1', source: source.replaceAll(/\r?\n/g, '\r\n') },
    ])
    yield { kind: 'doc with macros', name, bytes: compoundOf({ streams }) }
  }
}
