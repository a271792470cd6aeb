// Does folding say of expressions what the interpreter of the language says? Only expressions that are made here are run; without the
// interpreter nothing is.
//
//   npx tsx test/scripts/beside/pairs.ts vbscript 2000 7 [--unknown] [--write]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { holed } from '../../../src/scripts/fold/value.ts'
import type { Language } from '../../../src/scripts/language.ts'
import { javascriptTemplates, jsScript } from './javascript.ts'
import { differences, folded, type Said } from './folded.ts'
import { expressions, type Templates } from './generator.ts'
import { vbScript, vbTemplates } from './vb.ts'

interface Interpreter {
  readonly language: Language
  readonly templates: Templates
  readonly script: (all: readonly string[]) => string
  readonly ending: string
  /** Its command, but for the file. */
  readonly command: readonly string[]
}

const cscript = ['wine', 'cscript', '//nologo']

const interpreters: Readonly<Record<string, Interpreter>> = {
  jscript: {
    language: 'jscript',
    templates: javascriptTemplates,
    script: jsScript,
    ending: 'js',
    command: cscript,
  },
  javascript: {
    language: 'javascript',
    templates: javascriptTemplates,
    script: jsScript,
    ending: 'js',
    command: ['node'],
  },
  vbscript: {
    language: 'vbscript',
    templates: vbTemplates,
    script: vbScript,
    ending: 'vbs',
    command: cscript,
  },
}

/** What an interpreter says of functions that it has not. */
const isMissing = /^(?:445|438|-2147467259|-2147467263)$/

/** Of one run. */
const maxSeconds = 300

function saidBy(
  { script, ending, command: [program, ...words] }: Interpreter,
  all: readonly string[],
): Map<number, Said> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'beside-'))
  const file = `all.${ending}`
  writeFileSync(join(folder, file), script(all), 'latin1')
  const run = spawnSync(program!, [...words, file], {
    cwd: folder,
    encoding: 'utf8',
    timeout: maxSeconds * 1_000,
    maxBuffer: 1 << 28,
  })
  if (run.error) return undefined
  if (run.stderr.trim()) process.stderr.write(`${run.stderr.slice(0, 2_000)}\n`)
  const said = new Map<number, Said>()
  for (const line of run.stdout.split(/\r?\n/)) {
    const [number, type, shown] = line.split('\t')
    if (type === undefined || !/^\d+$/.test(number!)) continue
    const plain = (shown ?? '').replace(/\\u([0-9A-F]{4})/g, (_, h: string) =>
      String.fromCharCode(Number.parseInt(h, 16)),
    )
    said.set(Number(number), { type: type.toLowerCase(), text: plain })
  }
  return said
}

function main([
  language = '',
  count = '1000',
  seed = '1',
  ...flags
]: string[]): void {
  const interpreter = interpreters[language]
  if (!interpreter)
    throw new Error(`one of ${Object.keys(interpreters).join(', ')}`)
  const all = expressions(interpreter.templates, Number(count), Number(seed))
  const said = saidBy(interpreter, all)
  if (!said?.size) {
    console.log(`not compared: ${interpreter.command[0]} is not here`)
    return
  }
  const same: string[] = []
  const counts = { folded: 0, unknown: 0, different: 0 }
  for (const [i, real] of said) {
    const source = all[i]!
    if (real.type === 'error' && isMissing.test(real.text)) continue
    const own = folded(interpreter.language, source)
    if (own.kind === 'unknown' || own.via & holed) {
      counts.unknown++
      if (flags.includes('--unknown') && real.type !== 'error')
        console.log(`? ${source}  =  ${real.text}`)
      continue
    }
    counts.folded++
    const why = differences(own, real)
    if (!why) {
      same.push(pairOf(language, source, real))
      continue
    }
    counts.different++
    console.log(
      `${source}\n    is ${real.type} ${JSON.stringify(real.text)}, folded ${why}`,
    )
  }
  if (flags.includes('--write')) keep(language, same)
  console.log(
    `${language}: ${said.size} expressions, ${JSON.stringify(counts)}`,
  )
}

/** Where what interpreters said is kept, for where there are none. */
const pairs = new URL('pairs.txt', import.meta.url)
/** Of one language, and UTF-16 units of one expression. */
const maxKept = 400
const maxUnits = 160

function pairOf(language: string, source: string, real: Said): string {
  return [language, source, real.type, JSON.stringify(real.text)].join('\t')
}

function keep(language: string, same: readonly string[]): void {
  const others = readFileSync(pairs, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith(`${language}\t`))
  const short = same.filter((line) => line.length <= maxUnits)
  const kept = [...others, ...short.slice(0, maxKept)]
  writeFileSync(pairs, `${kept.join('\n')}\n`)
}

main(process.argv.slice(2))
