// Which script files does an event name? The path of a logged block, the script of an exec, and arguments of interpreters.
import { baseName } from '../base/base-name.ts'
import { withoutTail } from '../base/without-tail.ts'

/** Of one event. */
const maxNames = 8
/** Of a path, in UTF-16 units. */
const maxPathUnits = 1_024
/** Of a command line; what is behind is not looked at, in UTF-16 units. */
const maxLineUnits = 8_192
/** Quotation marks within quotation marks. */
const maxDepth = 2

const endings = String.raw`\.(?:ps1|psm1|vbs|vbe|jse?|wsf|wsc|sct|hta|bat|cmd|sh|bash|zsh|command|applescript|scpt|py|pyw|pl|rb|php|mjs|cjs)`
const programs = String.raw`(?:(?:ba|z|da|k)?sh|python[\d.]*|perl|ruby|php|node|osascript)`
/** What ends a word of a command line. */
const separators = '\\s"\'`,;()&|'

const extension = new RegExp(`${endings}$`, 'i')
const interpreter = new RegExp(`^${programs}$`)
const oneWord = new RegExp(`"([^"]+)"|'([^']+)'|[^${separators}]+`, 'g')
/** A line without any names no script, and is not taken apart: most do not. */
const sign = new RegExp(`${endings}|${programs}[${separators}]`, 'i')

/** What an event says of scripts. */
export interface NamingFields {
  /** Fields that are a path. */
  readonly paths: readonly unknown[]
  readonly line: unknown
  /** Where the process stood: paths that are not whole begin there. */
  readonly folder: unknown
}

/** Paths as far as they are known; one that is relative stays so where no folder is known. */
export function scriptsNamedBy(fields: NamingFields): string[] {
  const { paths, line, folder } = fields
  const names = new Set<string>()
  const base = typeof folder === 'string' ? folder : ''
  const add = (path: unknown) => {
    if (typeof path !== 'string' || !path || names.size >= maxNames) return
    const whole = within(base, path)
    if (whole.length <= maxPathUnits) names.add(whole)
  }
  for (const path of paths) add(path)
  const said = typeof line === 'string' ? line.slice(0, maxLineUnits) : ''
  if (sign.test(said)) for (const path of pathsIn(said, base !== '')) add(path)
  return [...names]
}

export function isWhole(path: string): boolean {
  return /^(?:[a-z]:)?[\\/]/i.test(path)
}

function within(folder: string, path: string): string {
  if (!isWhole(folder) || isWhole(path)) return path
  const separator = folder.includes('\\') ? '\\' : '/'
  const inside = path.replace(/^(?:\.[\\/])+/, '')
  return withoutTail(folder, '\\/') + separator + inside
}

function* pathsIn(
  line: string,
  isPlaced: boolean,
  depth = 0,
): Generator<string> {
  const words = [...line.matchAll(oneWord)]
  const bare = words.map((w) => w[1] ?? w[2] ?? w[0])
  for (const word of bare) {
    const path = word.replace(/^[-/][a-z]+:(?=.)/i, '')
    if (isScriptPath(path)) yield path
    // `-Command "& 'C:\x.ps1' -a"`: a command line in a word.
    else if (/[\s&|]/.test(word) && depth < maxDepth)
      yield* pathsIn(word, isPlaced, depth + 1)
  }
  const first = firstOperand(bare)
  if (first !== undefined && (first.includes('/') || isPlaced)) yield first
}

function isScriptPath(word: string): boolean {
  return (
    extension.test(word) &&
    !word.startsWith('-') &&
    !/^\w+:\/\//.test(word) &&
    !/[<>|&*?\n]/.test(word) &&
    (!/\s/.test(word) || isWhole(word) || /^[.%~]/.test(word))
  )
}

/** A script without an ending: the first word behind the interpreter that is no option. */
function firstOperand([program, ...words]: readonly string[]):
  | string
  | undefined {
  if (program === undefined || !interpreter.test(baseName(program)))
    return undefined
  const at = words.findIndex((w) => !w.startsWith('-'))
  const path = words[at]
  const options = words.slice(0, at)
  if (path === undefined || options.some((o) => /^-\w*[cemr]$/.test(o)))
    return undefined
  return /^[./~\w][\w./~+-]*$/.test(path) ? path : undefined
}
