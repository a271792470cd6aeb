// What setup information (.inf) does when it is installed: sections that name sections. Programs that install it (cmstp, rundll32 with advpack or
// setupapi) run commands and register scriptlets for whoever wrote it.
// https://learn.microsoft.com/windows-hardware/drivers/install/general-syntax-rules-for-inf-files
import type { Budget } from '../budget.ts'
import type { Teller } from '../fold/call.ts'
import type { Findings } from '../fold/call-facts.ts'
import { bitOf } from '../fold/value.ts'
import { isUrl } from '../known/places.ts'
import { tellRegistry } from '../known/settings.ts'
import type { Span } from '../syntax/node.ts'
import {
  type ContinuedLine as Line,
  continuedLines,
} from './continued-lines.ts'

export interface InformationFile {
  readonly text: string
  readonly budget: Budget
  readonly findings: Findings
}

/** Lines of one file that are kept, and UTF-16 units of one with its continued lines. */
const maxLines = 50_000
const maxLineUnits = 64 * 1024
/** Texts within texts. */
const maxRounds = 4

export function runInformationFile({
  text,
  budget,
  findings,
}: InformationFile) {
  const sections = sectionsOf(text)
  const setup = new Setup(stringsIn(sections), findings)
  // A section that is named twice does the same once more.
  const done = new Set<string>()
  for (const line of sections.get('autorun') ?? []) setup.opens(line)
  for (const lines of sections.values()) {
    for (const { text: line } of lines) {
      const directive = /^\s*([a-z]{1,64})\s*=\s*(.*)$/i.exec(line)
      const act = directive && actOf(directive[1]!)
      if (!act) continue
      for (const named of directive[2]!.split(',')) {
        const name = named.replace(/:.*$/s, '').trim().toLowerCase()
        const key = `${act} ${name}`
        if (done.has(key)) continue
        done.add(key)
        for (const inner of sections.get(name) ?? []) {
          if (!budget.step() || budget.isFull) return
          setup[act](inner)
        }
      }
    }
  }
}

type Act = 'registers' | 'runs' | 'sets'

/** By directive, of the sections that it names. */
function actOf(directive: string): Act | undefined {
  const name = directive.toLowerCase()
  if (/^(?:un)?register(?:ocxs|dlls)$/.test(name)) return 'registers'
  if (/^run(?:pre|post)(?:setup|uninst)commands$/.test(name)) return 'runs'
  return name === 'addreg' ? 'sets' : undefined
}

class Setup {
  readonly #strings: ReadonlyMap<string, string>
  readonly #findings: Findings

  constructor(strings: ReadonlyMap<string, string>, findings: Findings) {
    this.#strings = strings
    this.#findings = findings
  }

  /** `%11%\scrobj.dll,NI,https://…`: a library, flags, and what it is given. */
  registers({ text, span }: Line) {
    const { text: line, via } = this.#resolved(text)
    const words = wordsOf(line)
    const library = words.find((w) => /\.(?:dll|ocx|sct|wsc)\b/i.test(w))
    if (!library) return
    const { tell } = this.#teller(span, via)
    tell('load', library)
    const given = words.at(-1)!
    if (!/\bscrobj\.dll$/i.test(library) || given === library) return
    tell('com', `scriptlet ${given}`)
    if (isUrl(given)) tell('connect', given)
  }

  /** A command line. */
  runs({ text, span }: Line) {
    const { text: line, via } = this.#resolved(text)
    if (!line) return
    this.#teller(span, via).tell('start', line)
    this.#findings.commandLine(line, via, span)
  }

  /** Of a disc: `open=…`, `shell\verb\command=…`. */
  opens({ text, span }: Line) {
    const found =
      /^(?:open|shellexecute|shell\\[^=\\]{1,64}\\command)\s*=(.*)$/i.exec(text)
    if (found) this.runs({ text: found[1]!, span })
  }

  /** `HKCU,"Software\…","name",0x10001,1` */
  sets({ text, span }: Line) {
    const { text: line, via } = this.#resolved(text)
    const [root = '', key = '', name = '', , ...data] = wordsOf(line)
    if (!/^hk(?:lm|cu|cr|u|r)$/i.test(root) || !key) return
    const hive = /^hkr$/i.test(root) ? 'HKLM\\{driver}' : root.toUpperCase()
    const path = [hive, key, name].filter(Boolean).join('\\')
    tellRegistry(this.#teller(span, via), path, data.join(','))
  }

  #teller(span: Span, via: number): Pick<Teller, 'tell'> {
    return {
      tell: (kind, target) =>
        this.#findings.action(kind, target, span, via, undefined),
    }
  }

  /** `%name%` stands for a text of the file, `%11%` for a folder. */
  #resolved(line: string): { text: string; via: number } {
    let text = line.trim()
    let replaced = 0
    for (let round = 0; round < maxRounds && text.includes('%'); round++) {
      const before = text
      text = text.replace(/%([^%\n]{1,64})%/g, (all, name: string) => {
        const known = this.#strings.get(name.toLowerCase())
        if (known !== undefined) replaced++
        return known ?? folders[name] ?? all
      })
      if (text === before || text.length > maxLineUnits) break
    }
    const units = text.slice(0, maxLineUnits)
    return { text: units, via: replaced > 1 ? bitOf('concatenation') : 0 }
  }
}

/** https://learn.microsoft.com/windows-hardware/drivers/install/using-dirids */
const folders: Readonly<Record<string, string>> = {
  '10': '%SystemRoot%',
  '11': '%SystemRoot%\\System32',
  '16422': '%ProgramFiles%',
  '16425': '%SystemRoot%\\SysWOW64',
}

function stringsIn(
  sections: ReadonlyMap<string, readonly Line[]>,
): ReadonlyMap<string, string> {
  const strings = new Map<string, string>()
  // Sections of a language are called `Strings.0407`.
  for (const [name, lines] of sections) {
    if (!/^strings(?:\.\w{1,8})?$/.test(name)) continue
    for (const { text } of lines) {
      const [, name = '', value = ''] =
        /^\s*"?([^="]{1,64}?)"?\s*=\s*(.*)$/.exec(text) ?? []
      const key = name.toLowerCase()
      if (key && !strings.has(key)) strings.set(key, unquoted(value))
    }
  }
  return strings
}

function sectionsOf(text: string): ReadonlyMap<string, readonly Line[]> {
  const sections = new Map<string, Line[]>()
  let section: Line[] | undefined
  let kept = 0
  const clean = (line: string) => withoutComment(line).trim()
  for (const line of continuedLines(text, maxLineUnits, clean)) {
    if (!line.text) continue
    const name = /^\[([^\]\n]{1,255})\]/.exec(line.text)?.[1]?.trim()
    if (name !== undefined) {
      const key = name.toLowerCase()
      section = sections.get(key) ?? []
      sections.set(key, section)
    } else if (section && ++kept <= maxLines) section.push(line)
  }
  return sections
}

function withoutComment(line: string): string {
  let isQuoted = false
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted
    else if (line[i] === ';' && !isQuoted) return line.slice(0, i)
  }
  return line
}

/** Between commas, without the quotes. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = []
  let isQuoted = false
  let from = 0
  for (let i = 0; i <= line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted
    else if (i === line.length || (line[i] === ',' && !isQuoted)) {
      words.push(unquoted(line.slice(from, i)))
      from = i + 1
    }
  }
  return words
}

function unquoted(word: string): string {
  const found = /^\s*"((?:[^"]|"")*)"\s*$/s.exec(word)
  return found ? found[1]!.replaceAll('""', '"') : word.trim()
}
