// How fast are documents read, format by format, and beside msodde of oletools? usage: npm run build && npx tsx bench/documents.ts [documents a format] [python] [rounds] [formats]
// Documents are made from a fixed text, each with a few fields, links or formulas that act. Both read the same files. What is measured is processor time (of all
// threads and children), the median of the rounds, and the two take turns in each round, so that what else the machine does meets both alike. Two comparisons:
// - as people run them, with the start of both: `ipcwatch scan` of the folder, which starts once, and `python -m oletools.msodde FILE`, which takes one file and so
//   starts for each (reckoned from a few files a round). The promise, at least 20 times as fast, is of this one, for folders as large as people have: of a hundred documents
//   most is the start, and code that is not compiled yet;
// - with the start of neither: `scan` of the folder less `scan` of its first file, and msodde's function called for each file (of a hundred) in one process that has
//   already read them once. Nobody uses msodde so, and `scan` meets each file with all rules, reads scripts and looks for what is embedded, which msodde does not.
// The python must have oletools (`pip install oletools`).
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

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

const count = Number(process.argv[2] ?? 1000)
const python = process.argv[3] ?? 'python3'
const rounds = Math.max(3, Number(process.argv[4] ?? 3))
const asked = process.argv[5]?.split(',')

const sentence = 'The quarterly figures of the northern branch follow below. '
const prose = sentence.repeat(400)
const code = 'DDEAUTO cmd "/k calc"'
const formula = `cmd|'/k calc'!A0`
const link = { service: 'cmd', topic: '/k calc', item: 'A0' }
const paragraphs = Array.from({ length: 400 }, () => paragraph(plain(sentence)))
const letter = [...paragraphs, paragraph(field(code))].join('')
const cells = Object.fromEntries(
  Array.from({ length: 2_000 }, (_, i) => [`B${i + 1}`, `=SUM(A${i + 1}:A9)`]),
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
  const chosen = Object.entries(formats).filter(
    ([name]) => asked?.includes(name) ?? true,
  )
  const all = chosen.map(([name, make]) => {
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
  const other = openOther()
  const columns = [10, 13, 8, 20, 8, 22, 22, 8]
  const row = (...cells: readonly string[]) =>
    console.log(cells.map((c, i) => c.padStart(columns[i]!)).join(''))
  row(
    'format',
    'documents/s',
    'MB/s',
    'msodde in process',
    'times',
    'documents/s as run',
    'msodde as run',
    'times',
  )
  for (const { name, bytes } of all) {
    const own: Seconds[] = []
    const theirs: Seconds[] = []
    const isRead = ofBoth.has(name)
    if (isRead) await other.read(name) // What it does once only is done.
    for (let i = 0; i < rounds; i++) {
      own.push(ownSeconds(name))
      const read = isRead ? await other.read(name) : undefined
      if (read) theirs.push(read)
    }
    const [ours, their] = [medians(own), medians(theirs)]
    row(
      name,
      ...[(count / ours.inProcess).toFixed(0), perSecond(bytes, ours)],
      ...compared(their.inProcess, ours.inProcess),
      (count / ours.asRun).toFixed(0),
      ...compared(their.asRun, ours.asRun),
    )
  }
  if (!(await other.read(all[0]!.name)))
    console.log(`no msodde: "${python}" has no oletools`)
  other.close()
} finally {
  rmSync(folder, { recursive: true })
}

/** Of processor time, for all documents of a format. */
interface Seconds {
  /** Without what it takes to start. */
  readonly inProcess: number
  readonly asRun: number
}

function perSecond(bytes: number, { inProcess }: Seconds): string {
  return (bytes / inProcess / 1e6).toFixed(1)
}

function compared(theirs: number, ours: number): readonly string[] {
  if (Number.isNaN(theirs)) return ['-', '-']
  return [(count / theirs).toFixed(1), (theirs / ours).toFixed(1)]
}

function ownSeconds(name: string): Seconds {
  const first = scanOf(join(folder, 'first', name))
  const asRun = scanOf(join(folder, name))
  return { inProcess: ((asRun - first) / (count - 1)) * count, asRun }
}

/** NaN: nothing was measured. */
function medians(of: readonly Seconds[]): Seconds {
  return {
    inProcess: median(of.map((s) => s.inProcess)),
    asRun: median(of.map((s) => s.asRun)),
  }
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[of.length >> 1] ?? Number.NaN
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

interface Other {
  /** undefined: it is not installed. */
  read(name: string): Promise<Seconds | undefined>
  close(): void
}

/** A process that reads a folder whenever it is told a format. */
function openOther(): Other {
  const script = `
import json, os, sys, time, logging, resource, subprocess
logging.disable(logging.CRITICAL)
from oletools import msodde
def used():
    of = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of.ru_utime + of.ru_stime
for name in map(str.strip, sys.stdin):
    folder = os.path.join(sys.argv[1], name)
    files = [os.path.join(folder, f) for f in sorted(os.listdir(folder))]
    count = len(files)
    files = files[:100]
    before = time.process_time()
    for f in files:
        try: msodde.process_maybe_encrypted(f, [], msodde.FIELD_FILTER_BLACKLIST)
        except Exception: pass
    seconds = (time.process_time() - before) / len(files) * count
    few = files[:3]
    before = used()
    for f in few: subprocess.run([sys.executable, '-m', 'oletools.msodde', '-j', f], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print('seconds', json.dumps({'inProcess': seconds, 'asRun': (used() - before) / len(few) * count}), flush=True)`
  const child = spawn(python, ['-c', script, folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    async read(name) {
      child.stdin.write(`${name}\n`)
      for (;;) {
        const { value, done } = await lines.next()
        if (done) return undefined
        const told = /^seconds (.*)/.exec(value)
        if (told) return JSON.parse(told[1]!) as Seconds
      }
    },
    close: () => child.stdin.end(),
  }
}
