// How fast are documents read, format by format, and beside msodde of oletools? usage: npm run build && npx tsx bench/documents.ts [documents a format] [python]
// Documents are made from a fixed text, each with a few fields, links or formulas that act. Both read the same files, in turn: in one process each
// (which msodde is not made for), and as people run them, `scan` of a folder and msodde once a file. The python must have oletools (`pip install oletools`).
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { emlOf, msgOf } from '../test/documents/mail.ts'
import { oneOf } from '../test/documents/onenote.ts'
import { pptOf } from '../test/documents/powerpoint-binary.ts'
import { escapedRtf, rtfField, rtfOf } from '../test/documents/rtf.ts'
import {
  excel2003,
  odfOf,
  odsFormula,
  pdfOf,
  word2003,
  xlsbOf,
  xlsxOf,
} from '../test/documents/samples.ts'
import { docxOf, field, paragraph, plain } from '../test/documents/word.ts'
import { docField, docOf } from '../test/documents/word-binary.ts'
import { book, ptg, record, xlsOf } from '../test/documents/workbook-binary.ts'

const count = Number(process.argv[2] ?? 300)
const python = process.argv[3] ?? 'python3'
const rounds = 3

const sentence = 'The quarterly figures of the northern branch follow below. '
const prose = sentence.repeat(400)
const code = 'DDEAUTO cmd "/k calc"'
const formula = `cmd|'/k calc'!A0`
const link = { service: 'cmd', topic: '/k calc', item: 'A0' }
const paragraphs = Array.from({ length: 400 }, () => paragraph(plain(sentence)))
const letter = [...paragraphs, paragraph(field(code))].join('')
const cells = Object.fromEntries(
  Array.from({ length: 2_000 }, (_, i) => [`B${i + 1}`, `SUM(A${i + 1}:A9)`]),
)
const text = (content: string) => Buffer.from(content)

/** By ending; those that msodde reads come first. */
const formats: Readonly<Record<string, () => Buffer>> = {
  docx: () => docxOf(letter),
  doc: () => docOf({ text: `${prose}${docField(code)}` }),
  rtf: () => rtfOf(`${prose}${rtfField(escapedRtf(code))}`),
  xlsx: () => xlsxOf({ ...cells, A1: formula }, { link }),
  xlsb: () => xlsbOf(link, Buffer.from([0x1e, 1, 0])),
  xls: () =>
    xlsOf({
      globals: [
        ...Array.from({ length: 200 }, () => record(0x1234, Buffer.alloc(200))),
        book('cmd\x03/k calc', ['A0']),
      ],
      sheets: [
        { name: 'S', formulas: Array(500).fill(ptg.number(7)) as Buffer[] },
      ],
    }),
  xml: () => text(word2003(letter)),
  csv: () => text(`${`a,b,c\n`.repeat(2_000)}1,"=${formula}",2\n`),
  excel2003: () => text(excel2003(formula)),
  odt: () => odfOf('text', `<text:p>${prose}</text:p>`),
  ods: () => odfOf('spreadsheet', odsFormula('=DDE("cmd";"/k calc";"A0")')),
  slk: () =>
    text(`ID;P\n${'C;Y1;X1;K1\n'.repeat(2_000)}C;Y2;X1;E${formula}\nE\n`),
  ppt: () => pptOf({ links: ['http://example.test/'], programs: ['cmd'] }),
  eml: () => emlOf([{ name: 'a.docx', data: docxOf(letter) }]),
  msg: () => msgOf([{ name: 'a.docx', data: docxOf(letter) }]),
  one: () => oneOf([{ name: 'a.cmd', data: text('calc') }]),
  pdf: () => text(pdfOf('<</OpenAction<</S/Launch/F(cmd.exe)>>>>')),
}
const ofBoth = new Set([
  'docx',
  'doc',
  'rtf',
  'xlsx',
  'xlsb',
  'xls',
  'xml',
  'csv',
])

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))
try {
  const all = Object.entries(formats).map(([name, make]) => {
    const dir = join(folder, name)
    mkdirSync(dir)
    const bytes = make()
    const ending = name === 'excel2003' ? 'xml' : name
    for (let i = 0; i < count; i++)
      writeFileSync(join(dir, `${i}.${ending}`), bytes)
    mkdirSync(join(folder, 'first', name), { recursive: true })
    writeFileSync(join(folder, 'first', name, `0.${ending}`), bytes)
    return { name, bytes: bytes.length * count }
  })
  const theirs = theirSeconds()
  const columns = [10, 13, 8, 22, 8, 22, 8]
  const row = (...cells: readonly string[]) =>
    console.log(cells.map((c, i) => c.padStart(columns[i]!)).join(''))
  row(
    'format',
    'documents/s',
    'MB/s',
    'msodde, one process',
    'times',
    'msodde, as a command',
    'times',
  )
  for (const { name, bytes } of all) {
    const seconds = ownSeconds(name)
    const rates = [theirs?.[name]?.seconds, theirs?.[name]?.command].flatMap(
      (other) =>
        other === undefined
          ? ['-', '-']
          : [(count / other).toFixed(1), (other / seconds).toFixed(1)],
    )
    const rate = (count / seconds).toFixed(0)
    row(name, rate, (bytes / seconds / 1e6).toFixed(1), ...rates)
  }
  if (!theirs) console.log(`no msodde: "${python}" has no oletools`)
} finally {
  rmSync(folder, { recursive: true })
}

/** Processor time of all in a folder, without what it takes to begin with the first of them. */
function ownSeconds(name: string): number {
  const [all, first] = [join(folder, name), join(folder, 'first', name)]
  const more = median(times(rounds, () => scanOf(all) - scanOf(first)))
  return (more / (count - 1)) * count
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[of.length >> 1]!
}

function times(n: number, measure: () => number): number[] {
  return Array.from({ length: n }, measure)
}

/** `times` of the shell tells what its children used. */
function scanOf(path: string): number {
  const { stdout } = spawnSync(
    'sh',
    [
      ...['-c', '"$@" >/dev/null 2>&1; times', 'sh'],
      ...[process.execPath, 'dist/cli/main.js', 'scan', path],
    ],
    { encoding: 'utf8' },
  )
  const used = stdout.trim().split('\n').at(-1)!
  return [...used.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}

interface Theirs {
  /** Of processor time for all documents of a format, in one process. */
  readonly seconds: number
  /** The same, a process for each; reckoned from a few. */
  readonly command: number
}

/** undefined: it is not installed. */
function theirSeconds(): Readonly<Record<string, Theirs>> | undefined {
  const names = JSON.stringify([...ofBoth])
  const script = `
import json, os, sys, time, logging, resource, subprocess
logging.disable(logging.CRITICAL)
from oletools import msodde
out = {}
for name in ${names}:
    folder = os.path.join(sys.argv[1], name)
    files = [os.path.join(folder, f) for f in sorted(os.listdir(folder))]
    best = 1e9
    for i in range(${rounds}):
        before = time.process_time()
        for f in files:
            try: msodde.process_maybe_encrypted(f, [], msodde.FIELD_FILTER_BLACKLIST)
            except Exception: pass
        best = min(best, time.process_time() - before)
    few = files[:3]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for f in few: subprocess.run([sys.executable, '-m', 'oletools.msodde', '-j', f], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    out[name] = {'seconds': best, 'command': used / len(few) * len(files)}
print(json.dumps(out))`
  const { status, stdout } = spawnSync(python, ['-c', script, folder], {
    encoding: 'utf8',
  })
  if (status !== 0) return undefined
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, Theirs>
}
