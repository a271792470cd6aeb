// What commands of cmd.exe print, as far as that is known without running them: text, variables, associations, and lines of files that the
// script wrote or is.
import type { Budget } from '../budget.ts'
import { textOf } from '../fold/value.ts'
import { isOwnFile, type Session } from '../session.ts'
import { environmentUnder } from '../known/environment.ts'
import { commandsOf } from './words.ts'

/** Of Windows as it is installed: what endings stand for, and what opens them. Microsoft Learn, "assoc" and "ftype" (Windows commands). */
const endings: Readonly<Record<string, string>> = {
  '.bat': 'batfile',
  '.chm': 'chm.file',
  '.cmd': 'cmdfile',
  '.com': 'comfile',
  '.cpl': 'cplfile',
  '.dll': 'dllfile',
  '.exe': 'exefile',
  '.hta': 'htafile',
  '.inf': 'inffile',
  '.js': 'JSFile',
  '.jse': 'JSEFile',
  '.lnk': 'lnkfile',
  '.msc': 'MSCFile',
  '.msi': 'Msi.Package',
  '.ps1': 'Microsoft.PowerShellScript.1',
  '.psc1': 'Microsoft.PowerShellConsole.1',
  '.reg': 'regfile',
  '.scr': 'scrfile',
  '.txt': 'txtfile',
  '.vbe': 'VBEFile',
  '.vbs': 'VBSFile',
  '.wsf': 'WSFFile',
}
const openers: Readonly<Record<string, string>> = {
  batfile: '"%1" %*',
  cmdfile: '"%1" %*',
  comfile: '"%1" %*',
  exefile: '"%1" %*',
  jsfile: String.raw`%SystemRoot%\System32\WScript.exe "%1" %*`,
  'microsoft.powershellconsole.1': String.raw`"%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe" -p "%1"`,
  regfile: 'regedit.exe "%1"',
  txtfile: String.raw`%SystemRoot%\system32\NOTEPAD.EXE %1`,
  vbsfile: String.raw`"%SystemRoot%\System32\WScript.exe" "%1" %*`,
}

export interface Output {
  readonly text: string
  readonly via: number
  /** Lines of the script itself. */
  readonly isOwn?: boolean
}

/** Lines of one output. */
const maxLines = 20_000

/** undefined: only a run would tell. `line`: expanded. */
export function outputOf(
  line: string,
  session: Session,
  budget: Budget,
): Output | undefined {
  let given: Output | undefined
  for (const { words, rest, piped } of commandsOf(line)) {
    const name = (words[0] ?? '').toLowerCase().replace(/^.*[\\/]|\.exe$/g, '')
    const input = piped ? given : undefined
    if (piped && !input) return undefined
    const known = Object.hasOwn(prints, name) ? prints[name] : undefined
    const of = /^echo[.:(]/.test(name) ? prints.echo : known
    given = of?.({ words: words.slice(1), rest, input, session, budget })
    if (!given || !budget.make(given.text.length)) return undefined
  }
  return given
}

interface Asked {
  readonly words: readonly string[]
  readonly rest: string
  readonly input: Output | undefined
  readonly session: Session
  readonly budget: Budget
}

type Prints = (asked: Asked) => Output | undefined

const made = (text: string, via = 0): Output => ({ text, via })

const lineOf = (text: string | undefined): Output | undefined =>
  text === undefined ? undefined : made(`${text}\r\n`)

const prints: Readonly<Record<string, Prints>> = {
  echo: ({ rest }) => made(`${rest.replace(/^[ .:(]/, '')}\r\n`),
  set: ({ rest, session }) => {
    const prefix = rest.trim().replace(/^"|"$/g, '')
    if (/^\/p\b/i.test(prefix))
      return made(/=\s*"?([^"]*)"?$/.exec(prefix)?.[1] ?? '')
    return /[=/]/.test(prefix) ? undefined : variables(prefix, session)
  },
  assoc: ({ words: [ending = ''] }) => {
    const low = ending.toLowerCase()
    return lineOf(
      Object.hasOwn(endings, low) ? `${low}=${endings[low]}` : undefined,
    )
  },
  ftype: ({ words: [type = ''] }) => {
    const low = type.toLowerCase()
    return lineOf(
      Object.hasOwn(openers, low) ? `${low}=${openers[low]}` : undefined,
    )
  },
  type: ({ words: [path = ''], session, budget }) =>
    fileOf(path, session, budget),
  more: ({ words, input, session, budget }) => {
    const skip = words.find((w) => /^\+\d/.test(w))
    const path = words.find((w) => !/^[+/]/.test(w))
    const of = path ? fileOf(path, session, budget) : input
    const from = Number(skip?.slice(1) ?? 0)
    return of && { ...of, text: linesOf(of.text).slice(from).join('\r\n') }
  },
  find: (asked) =>
    found(
      asked,
      /^"?(.*?)"?$/.exec(
        asked.words.find((w) => !w.startsWith('/')) ?? '',
      )?.[1] ?? '',
      1,
    ),
  findstr: (asked) => {
    const given = asked.words.find((w) => /^\/c:/i.test(w))?.slice(3)
    const at = asked.words.findIndex((w) => !w.startsWith('/'))
    const pattern = given ?? asked.words[at] ?? ''
    return found(asked, pattern, given === undefined ? 1 : 0)
  },
  // In which order is up to the place.
  sort: ({ input }) =>
    input && linesOf(input.text).filter(Boolean).length < 2 ? input : undefined,
  cmd: ({ words, session, budget }) => {
    const at = words.findIndex((w) => /^\/[ck]$/i.test(w))
    return at < 0
      ? undefined
      : outputOf(words.slice(at + 1).join(' '), session, budget)
  },
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).slice(0, maxLines)
}

function fileOf(
  path: string,
  session: Session,
  budget: Budget,
): Output | undefined {
  const content = session.peek(path)
  const text = textOf(content)
  if (text === undefined || !budget.make(text.length)) return undefined
  return { text, via: content!.via, isOwn: isOwnFile(path) }
}

function variables(prefix: string, session: Session): Output | undefined {
  const low = prefix.toLowerCase()
  const out = environmentUnder(low)
    .filter(([name]) => !session.variable(name))
    .map(([name, held]) => `${name}=${held}`)
  let via = 0
  for (const [name, value] of session.variables) {
    const text = textOf(value)
    if (!name.startsWith(low) || text === undefined) continue
    out.push(`${name}=${text}`)
    via |= value.via
  }
  return out.length ? made(`${out.sort().join('\r\n')}\r\n`, via) : undefined
}

/** Signs of expressions that only a reader of them would understand. */
const worked = /[[\]*.]|\\[<>]/

/** Lines that have a text in them, at their beginning, at their end; or that have not. `from`: of the words, where files begin. */
function found(
  { words, input, session, budget }: Asked,
  pattern: string,
  from: number,
): Output | undefined {
  const has = (option: string) =>
    words.some(
      (w) => new RegExp(`^/[a-z]*${option}`, 'i').test(w) && !/^\/c:/i.test(w),
    )
  const path = words.filter((w) => !w.startsWith('/'))[from]
  const of = path === undefined ? input : fileOf(path, session, budget)
  if (!of || !pattern || worked.test(pattern) || has('c')) return undefined
  const bare = pattern.replace(/^\^|\$$/g, '')
  const folded = (s: string) => (has('i') ? s.toLowerCase() : s)
  const what = folded(bare)
  const begins = has('b') || pattern.startsWith('^')
  const ends = has('e') || pattern.endsWith('$')
  const holds = (line: string) => {
    const s = folded(line)
    return begins
      ? s.startsWith(what)
      : ends
        ? s.endsWith(what)
        : s.includes(what)
  }
  const numbered = has('n')
  const out = linesOf(of.text).flatMap((line, i) =>
    holds(line) === has('v') ? [] : [numbered ? `${i + 1}:${line}` : line],
  )
  return { ...of, text: `${out.join('\r\n')}\r\n` }
}
