// Which language is a script in? Its name, its first line, or its syntax tells.

export const languages = [
  'powershell',
  'vbscript',
  'vba',
  'jscript',
  'javascript',
  'jxa',
  'xlm',
  'wsf',
  'sct',
  'hta',
  'xsl',
  'html',
  'batch',
  'shell',
  'applescript',
  'python',
  'perl',
  'ruby',
  'php',
  'lua',
  'reg',
  'inf',
  'mof',
] as const

export type Language = (typeof languages)[number]

const byExtension: Readonly<Record<string, Language>> = {
  ps1: 'powershell',
  psm1: 'powershell',
  psd1: 'powershell',
  ps1xml: 'powershell',
  vbs: 'vbscript',
  vbe: 'vbscript',
  bas: 'vba',
  cls: 'vba',
  frm: 'vba',
  vba: 'vba',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jse: 'jscript',
  xlm: 'xlm',
  wsf: 'wsf',
  wsc: 'sct',
  sct: 'sct',
  hta: 'hta',
  xsl: 'xsl',
  xslt: 'xsl',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  svg: 'html',
  bat: 'batch',
  cmd: 'batch',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  ksh: 'shell',
  command: 'shell',
  applescript: 'applescript',
  scpt: 'applescript',
  scptd: 'applescript',
  jxa: 'jxa',
  py: 'python',
  pyw: 'python',
  pl: 'perl',
  pm: 'perl',
  rb: 'ruby',
  php: 'php',
  phtml: 'php',
  lua: 'lua',
  nse: 'lua',
  reg: 'reg',
  inf: 'inf',
  mof: 'mof',
}

const byInterpreter: readonly (readonly [RegExp, Language])[] = [
  [/^(ba|da|z|k|c|tc|a)?sh$|^busybox$/, 'shell'],
  [/^python[\d.]*$/, 'python'],
  [/^perl[\d.]*$/, 'perl'],
  [/^ruby[\d.]*$/, 'ruby'],
  [/^php[\d.]*$/, 'php'],
  [/^lua(?:jit)?[\d.]*$/, 'lua'],
  [/^node(js)?$|^bun$|^deno$/, 'javascript'],
  [/^pwsh$|^powershell$/, 'powershell'],
  [/^osascript$/, 'applescript'],
]

/** What a name says of a language; undefined: nothing. */
export function languageOfName(name: string): Language | undefined {
  const extension = /\.([a-z0-9]{1,12})$/i.exec(name)?.[1]?.toLowerCase()
  if (!extension || !Object.hasOwn(byExtension, extension)) return undefined
  return byExtension[extension]
}

export function languageOfInterpreter(program: string): Language | undefined {
  const base = program.replace(/^.*[/\\]/, '').replace(/\.exe$/i, '')
  return byInterpreter.find(([p]) => p.test(base.toLowerCase()))?.[1]
}

/** Of the first line, `#!/usr/bin/env -S python3 -u` too. */
export function languageOfShebang(head: string): Language | undefined {
  const line = /^\uFEFF?#![^\S\n]*([^\n]{1,256})/.exec(head)?.[1]
  if (!line) return undefined
  const words = line.trim().split(/\s+/)
  const own = languageOfInterpreter(words[0]!)
  if (own) {
    return own === 'applescript' && words.includes('JavaScript') ? 'jxa' : own
  }
  for (const word of words.slice(1)) {
    if (word.startsWith('-') || word.includes('=')) continue
    return languageOfInterpreter(word)
  }
  return undefined
}

/** Marks that only one language has; each counts once for each match, to a bound. Blanks before a mark are of its own line: else each empty line would look through all behind it. */
const marks: readonly (readonly [Language, RegExp])[] = [
  ['reg', /^\uFEFF?(?:Windows Registry Editor Version 5|REGEDIT4)\b/g],
  [
    'inf',
    /^[ \t]*signature[ \t]*=[ \t]*"?\$(?:chicago|windows (?:nt|95))\$/gim,
  ],
  [
    'mof',
    /^[ \t]*(?:#pragma[ \t]+(?:namespace|autorecover|classflags)\b|instance[ \t]+of[ \t]+\w+[\s{])/gim,
  ],
  ['hta', /<hta:application\b/gi],
  ['sct', /<scriptlet\b|<component\b[^>]{0,200}>|<registration\b/gi],
  ['xsl', /<(?:\w{1,16}:)?stylesheet\b|<(?:ms|msxsl):script\b/gi],
  ['html', /<html\b|^\s{0,64}<script\b|<\/script>/gi],
  ['wsf', /<job\b|<package>/gi],
  ['php', /<\?php\b|<\?=/gi],
  [
    'powershell',
    /\$env:|\$_\b|\[[A-Z][\w.]{2,60}\]::|\s-(?:eq|ne|join|replace|bxor|f)\s|^[ \t]*param\s*\(|\b(?:New-Object|Write-Host|Get-\w+|Set-\w+|Invoke-\w+|Add-Type|Start-Process|iex|ForEach-Object)\b/gim,
  ],
  [
    'vba',
    /^[ \t]*(?:Attribute VB_|Option (?:Explicit|Base|Compare)|Private Declare|Public Declare|Declare )|^[ \t]*(?:Public |Private )?Sub (?:Auto_?Open|Document_Open|Workbook_Open)|\bDim \w+(?:\(\))? As\b|\bThisWorkbook\b|\bActiveDocument\b/gim,
  ],
  [
    'vbscript',
    /\bWScript\.|^[ \t]*On Error Resume Next|\bSet \w+ ?= ?(?:CreateObject|GetObject)\b|\bCreateObject\(|^[ \t]*Dim \w|^[ \t]*End (?:If|Sub|Function)\b|\bExecuteGlobal\b/gim,
  ],
  [
    'jscript',
    /\bnew ActiveXObject\b|\bWScript\.(?:CreateObject|Echo|Quit|Shell)\b[^\n]{0,80};|\bGetObject\(/g,
  ],
  [
    'jxa',
    /\bObjC\.(?:import|unwrap)\b|\bApplication\(['"]|\bApplication\.currentApplication\b|\$\.NS\w+/g,
  ],
  [
    'javascript',
    /\brequire\(['"]|\bmodule\.exports\b|\b(?:const|let|var) [\w$]+ ?=|=>|^[ \t]*import .{1,80} from ['"]|\bfunction ?[\w$]* ?\(|\bconsole\.log\(/gm,
  ],
  [
    'applescript',
    /\btell application\b|\bdo shell script\b|^[ \t]*end tell\b|\bset \w+ to\b|\bdisplay dialog\b|^[ \t]*on run\b/gim,
  ],
  [
    'batch',
    /^[ \t]*@?echo off\b|^[ \t]*@?rem\b|^[ \t]*setlocal\b|^[ \t]*goto\s+:?\w|%~?\w+%|%~d?p?\d|^[ \t]*:\w+[ \t]*$|\bif\s+(?:not\s+)?(?:exist|errorlevel|defined)\b|\^\w\^?\w/gim,
  ],
  [
    'python',
    /^[ \t]*(?:import [\w.]+(?: as \w+)?(?:, ?\w+)*$|from [\w.]+ import )|^[ \t]*def \w+\(.{0,200}\)(?: ?-> ?.{1,40})?:|^[ \t]*if __name__|^[ \t]*(?:elif|except|with) .{1,200}:$|\bprint\(/gm,
  ],
  [
    'perl',
    /^[ \t]*use (?:strict|warnings|IO::|Socket|Win32|MIME|[A-Z]\w+(?:::\w+)*)\b.{0,80};|\bmy [$@%]\w+|^[ \t]*sub \w+ ?\{|[$@]\w+ ?=~ ?|\bqw[(/]/gm,
  ],
  [
    'ruby',
    /^[ \t]*require(?:_relative)? ['"]|^[ \t]*def \w+[?!]?(?:\(.{0,80}\))?[ \t]*$|\bputs\b|\bdo ?\|\w+\||\.each\b|^[ \t]*end[ \t]*$|\bWIN32OLE\b/gm,
  ],
  [
    'lua',
    /^[ \t]*local (?:function )?\w+|^[ \t]*(?:if|elseif) .{1,200} then[ \t]*$|\b(?:os\.execute|io\.(?:popen|write|read)|string\.(?:char|byte|sub|gsub|format|rep)|table\.(?:concat|insert))\b|\bfor \w+(?:, ?\w+)? in (?:i?pairs)\(/gm,
  ],
  [
    'shell',
    /^[ \t]*(?:if|while|until) .{0,200};[ \t]*(?:then|do)[ \t]*$|^[ \t]*(?:fi|done|esac)\b|\$\(|\$\{?\w+\}?|^[ \t]*export \w+=|\becho \$|2>&1|\/dev\/(?:null|tcp)|\bmkfifo\b|\bsudo\b/gm,
  ],
  [
    'xlm',
    /^[ \t]*(?:\$?[A-Z]{1,3}\$?\d+\s*[:\t]\s*)?=(?:EXEC|CALL|REGISTER|FORMULA(?:\.FILL)?|HALT|RUN|GOTO|CHAR|ALERT)\(/gim,
  ],
]

/** Matches counted of one mark. */
const maxMatches = 12
/** UTF-16 units looked at. */
const headUnits = 32_768

/** By syntax alone, and how sure: under 2 anything might be meant. */
export function languageOfSyntax(
  text: string,
): { language: Language; weight: number } | undefined {
  const head = text.slice(0, headUnits)
  let best: { language: Language; weight: number } | undefined
  for (const [language, mark] of marks) {
    mark.lastIndex = 0
    let weight = 0
    while (weight < maxMatches && mark.test(head)) weight++
    if (markup.has(language) && weight) weight += maxMatches
    if (weight && (!best || weight > best.weight)) best = { language, weight }
  }
  return best
}

/** Of which one mark will do. */
const markup: ReadonlySet<Language> = new Set([
  'reg',
  'inf',
  'hta',
  'sct',
  'wsf',
  'xsl',
  'html',
  'php',
])

/** `.js` is three languages: the host's objects tell which. */
export function refined(language: Language, text: string): Language {
  if (language === 'javascript' || language === 'jscript') {
    const head = text.slice(0, headUnits)
    if (/\bActiveXObject\b|\bWScript\b|\bGetObject\(/.test(head)) {
      return 'jscript'
    }
    if (/\bObjC\b|\bApplication\((?:['"]|\))|\$\.NS\w/.test(head)) return 'jxa'
  }
  return language
}

/** undefined: nothing here tells. */
export function tellLanguage(text: string, name = ''): Language | undefined {
  const told = languageOfShebang(text) ?? languageOfName(name)
  if (told) return refined(told, text)
  const guess = languageOfSyntax(text)
  return guess && guess.weight >= 2 ? guess.language : undefined
}
