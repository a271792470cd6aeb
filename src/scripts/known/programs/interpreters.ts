// Interpreters, and the script in their words or in the pipe before them.
import type { Command, KnownCommand } from '../../fold/call.ts'
import { decoded, fromBase64 } from '../../fold/decode.ts'
import { shownOf, text, textOf, type Value, viaOf } from '../../fold/value.ts'
import { type Language, languageOfName } from '../../language.ts'
import { isOwnFile } from '../../session.ts'
import { isUrl, tellPipe } from '../places.ts'
import { Words } from '../words.ts'
import { tellStart } from './told.ts'
import { runFile } from './written.ts'

/** Every option of PowerShell may be cut short. */
const psOption = (full: string, least: number): RegExp => {
  const parts = Array.from({ length: full.length - least + 1 }, (_, i) =>
    full.slice(0, full.length - i),
  )
  return new RegExp(`^[-/\u2013\u2014](?:${parts.join('|')})$`, 'i')
}

const encodedOption = new RegExp(
  `${psOption('encodedcommand', 1).source}|^[-/]ec$`,
  'i',
)

const commandOption = psOption('command', 1)

const policyOption = new RegExp(
  `${psOption('executionpolicy', 2).source}|^[-/]ep$`,
  'i',
)

const valueOptions =
  /^[-/](?:w|win\w*|ex\w*|ep|v|version|inp\w*|of|out\w*|if|psc\w*|config\w*|custompipename)$/i

const powershell: KnownCommand = (command) => {
  const words = new Words(command.words)
  tellStart(command)
  const policy = words.textAfter(policyOption)
  if (/^(bypass|unrestricted)$/i.test(policy))
    command.tell('disable', 'execution policy (this run)')
  const encoded = words.after(encodedOption)
  if (encoded) {
    const plain = decoded(fromBase64(encoded, command.budget), 'unicode')
    if (plain) command.tell('evaluate', shownOf(plain))
    command.script(plain, 'powershell')
    return undefined
  }
  const file = words.after(psOption('file', 1))
  runFile(command, file && shownOf(file), 'powershell')
  const at = words.at(commandOption)
  const from = at >= 0 ? at + 1 : firstPlain(words)
  const code =
    from < words.shown.length && !words.has(psOption('file', 1))
      ? words.rest(from)
      : ''
  if (code === '-' || (!code && command.piped))
    return pipedScript(command, 'powershell')
  const isFile = at < 0 && languageOfName(code.split(' ')[0]!)
  if (isFile) runFile(command, code.split(' ')[0], 'powershell')
  if (code && !isFile) {
    command.script(text(unquoted(code), viaOf(command.words)), 'powershell')
  }
  return undefined
}

function firstPlain(words: Words): number {
  for (let i = 0; i < words.shown.length; i++) {
    if (!/^[-/]/.test(words.shown[i]!)) return i
    if (valueOptions.test(words.shown[i]!)) i++
  }
  return words.shown.length
}

function unquoted(code: string): string {
  const inside = /^(?:&\s*)?\{([\s\S]*)\}$/.exec(code.trim())?.[1]
  return inside ?? code
}

/** A script given through a pipe: what it is, where that is known. */
function pipedScript(
  command: Command,
  language: Language | undefined,
): undefined {
  const { input } = command
  const shown =
    input && textOf(input) !== undefined ? textOf(input)! : shownOf(input)
  command.tell('piped_script', `${command.name} < ${shown || '{?}'}`)
  if (input) command.script(input, language)
  return undefined
}

/** Behind its option, or in one word with it: `-e'text'`. */
function inlineOf(words: Words, option: RegExp): Value | undefined {
  const i = words.at(option)
  if (i >= 0) return words.all[i + 1] ?? text('')
  const glued = /^(-[a-z]*?[cer])(?=[^\n]*[('"$;{])([\s\S]+)$/
  for (const [at, word] of words.shown.entries()) {
    const [, sign = '', code = ''] = glued.exec(word) ?? []
    if (sign && option.test(sign)) return text(code, words.all[at]!.via)
  }
  return undefined
}

/** `sh -c 'text'`, `python -c text`, `perl -e text`; else a script from a pipe. */
const interpreter =
  (language: Language, inline: RegExp): KnownCommand =>
  (command) => {
    const words = new Words(command.words)
    tellStart(command)
    const code = inlineOf(words, inline)
    if (code) {
      if (shownOf(code)) command.script(code, language)
      return undefined
    }
    const file = words.plain.find((w) => w !== '-')
    const hasFile = file !== undefined
    // What the script has written before.
    if (file && !isOwnFile(file))
      command.script(command.session.file(file), language)
    const interactive = words.has(/^-i$/)
    const isKnown = command.input?.kind === 'text'
    if (command.piped && !hasFile && (!interactive || isKnown)) {
      return pipedScript(command, language)
    }
    return undefined
  }

const cmd: KnownCommand = (command) => {
  const words = new Words(command.words)
  tellStart(command)
  const i = words.at(/^\/[ckr]/i)
  if (i < 0) return command.piped ? pipedScript(command, 'batch') : undefined
  const glued = words.shown[i]!.slice(2)
  const line = [glued, ...words.shown.slice(i + 1)].filter(Boolean).join(' ')
  command.script(
    text(line.replace(/^"([\s\S]*)"$/, '$1'), viaOf(command.words)),
    'batch',
  )
  return undefined
}

const mshta: KnownCommand = (command) => {
  tellStart(command)
  const line = command.words.map(shownOf).join(' ').trim()
  const inline = /^["']?(vbscript|javascript|jscript|about):([\s\S]*)$/i.exec(
    line,
  )
  if (inline) {
    const language = /^v/i.test(inline[1]!)
      ? 'vbscript'
      : /^a/i.test(inline[1]!)
        ? 'hta'
        : 'jscript'
    command.script(text(inline[2]!.replace(/["']$/, '')), language)
  } else if (isUrl(line)) command.tell('connect', line)
  else runFile(command, /^"([^"]*)"|^\S+/.exec(line)?.[0], 'hta')
  return undefined
}

/** rundll32 javascript:"\..\mshtml,RunHTMLApplication ";code */
const rundll32: KnownCommand = (command) => {
  tellStart(command)
  const line = command.words.map(shownOf).join(' ')
  const script =
    /^\s*(?:javascript|vbscript):(?:"[^"]*"|\\\.\.\\[^;]*)\s*;([\s\S]+)$/i.exec(
      line,
    )?.[1]
  if (script)
    command.script(text(script), /^\s*vb/i.test(line) ? 'vbscript' : 'jscript')
  return undefined
}

const osascript: KnownCommand = (command) => {
  const words = new Words(command.words)
  const isScript = /javascript/i.test(words.textAfter(/^-l$/))
  const language: Language = isScript ? 'jxa' : 'applescript'
  const lines: Value[] = []
  words.shown.forEach((w, i) => {
    if (w === '-e' && words.all[i + 1]) lines.push(words.all[i + 1]!)
  })
  tellStart(command)
  if (lines.length)
    command.script(text(lines.map(shownOf).join('\n'), viaOf(lines)), language)
  else if (command.piped && !words.plain.length)
    return pipedScript(command, language)
  return undefined
}

const hostOption = /^\/\/(?:b|d|[eht]:.*|i|job:.*|logo|nologo|s|u|x)$/i

/** `//e:vbscript`, which no ending needs. */
function engineOf(words: Words): Language | undefined {
  const engine = words.shown
    .map((w) => /^\/\/?e:"?(\w{1,32})/i.exec(w)?.[1]?.toLowerCase())
    .find(Boolean)
  if (!engine) return undefined
  return /^vbs/.test(engine) ? 'vbscript' : 'jscript'
}

const scriptHost: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const file = words.plain.find((w) => !hostOption.test(w))
  if (file && isUrl(file)) command.tell('connect', file)
  runFile(command, file, engineOf(words))
  if (words.has(/^\/\/?e:/i) || file)
    tellPipe(command, 'pipe_client', file ?? '')
  return undefined
}

const perlLike = /^-\w*[eEr]$/

export const interpreters: Readonly<Record<string, KnownCommand>> = {
  powershell,
  pwsh: powershell,
  cmd,
  mshta,
  rundll32,
  wscript: scriptHost,
  cscript: scriptHost,
  sh: interpreter('shell', /^-\w*c$/),
  bash: interpreter('shell', /^-\w*c$/),
  zsh: interpreter('shell', /^-\w*c$/),
  dash: interpreter('shell', /^-\w*c$/),
  ksh: interpreter('shell', /^-\w*c$/),
  python: interpreter('python', /^-\w*c$/),
  python2: interpreter('python', /^-\w*c$/),
  python3: interpreter('python', /^-\w*c$/),
  perl: interpreter('perl', perlLike),
  ruby: interpreter('ruby', perlLike),
  php: interpreter('php', /^-\w*r$/),
  node: interpreter('javascript', /^-\w*[ep]$|^--eval$/),
  lua: interpreter('lua', /^-e$/),
  luajit: interpreter('lua', /^-e$/),
  osascript,
}
