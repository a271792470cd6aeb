// Does a source begin as a script does? Light enough to be asked of every source.

const extension =
  /\.(?:ps1|psm1|vbs|vbe|bas|cls|vba|js|mjs|cjs|jse|xlm|wsf|wsc|sct|hta|xslt?|bat|cmd|sh|bash|zsh|ksh|command|applescript|scpt|jxa|py|pyw|pl|pm|rb|php|phtml|lua|nse|reg|inf|mof)$/i

/** Names of what is telemetry or text for people, whatever stands in it. */
const otherNames =
  /\.(?:log|jsonl?|ndjson|xml|csv|tsv|evtx|md|ya?ml|toml|ini|conf|cfg|rtf|docx?|xlsx?|eml|css|ts|tsx|c|cc|cpp|h|hpp|cs|java|go|rs|sql|lock)(?:\.\d+)?$/i

/** Pages are read where their script is none of a browser: a shell, not a picture that moves. */
const page = /\.(?:x?html?|svg)$/i
const reaching =
  /<script[^>]{0,256}vbscript|\bcreateObjectURL\b|\.download\s{0,8}=|\bdata:application\/|\bmsSave(?:OrOpen)?Blob\b|\bnew (?:Blob|File)\b|\bdata:[\w.+-]{1,64}\/[\w.+-]{1,64}(?:;[\w=.-]{1,64}){0,4};base64,(?:UEsDB|0M8R4|e1xyd|JVBER|TAAAA|TVND|N3q8|UmFy)|[A-Za-z0-9+/]{8192}|\bActiveXObject\b|\bWScript\.|\bCreateObject\s*\(|\bGetObject\s*\(|\b(?:ms-msdt|search-ms|ms-officecmd):|<hta:application\b/i

/** Bytes at the beginning of compiled AppleScript. */
const compiled = 'FasdUAS '

export function compiledScript(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, compiled.length) === compiled
}

/** A line of data in a script does not make data of it: what is named or begins as one is one, unless all of it may be data. */
export function scriptLikeness(head: Buffer, name: string): 0 | 1 | 2 | 3 {
  if (compiledScript(head)) return 2
  const text = textOf(head)
  if (text === undefined) return 0
  if (
    /^\uFEFF?#!\s*\/\S*(?:sh|python[\d.]*|perl|ruby|php|lua|node|pwsh|osascript|env)\b/.test(
      text,
    )
  )
    return 3
  if (extension.test(name)) return beginsAsData.test(text) ? asData(text) : 3
  // What they carry may stand before what builds a file of it.
  if (page.test(name)) return reaching.test(head.toString('latin1')) ? 3 : 0
  if (otherNames.test(name)) return 0
  return markedAs(text) ? 1 : 0
}

/** Of the first bytes; undefined: it is no text. */
function textOf(head: Buffer): string | undefined {
  const wide =
    (head[0] === 0xff && head[1] === 0xfe) || (head[1] === 0 && head[3] === 0)
  const text = head.subarray(0, 8_192).toString(wide ? 'utf16le' : 'utf8')
  return text.includes('\0') ? undefined : text
}

/** What no other text begins with, or has several of. */
const certain =
  /^[ \t]*(?:<\?php\b|@echo off\b|<scriptlet\b|<job\b|<\?xml[^>]{0,80}>\s*<scriptlet\b|#@~\^)|<hta:application\b|^[ \t]*On Error Resume Next[ \t]*$|^Attribute VB_Name = |^\uFEFF?(?:Windows Registry Editor Version 5\.00|REGEDIT4)[ \t\r]*$|^[ \t]*signature[ \t]*=[ \t]*"\$(?:chicago|windows (?:nt|95))\$"/im
const likely =
  /\bNew-Object\b|\bInvoke-Expression\b|\bWScript\.(?:Shell|CreateObject)\b|\bCreateObject\(|\bnew ActiveXObject\b|^[ \t]*(?:import|from) [\w.]+(?: import .{1,60})?$|^[ \t]*def \w+\(.{0,80}\):|\$env:\w+|\bdo shell script\b|\btell application "|^[ \t]*Sub \w+\(\)|^[ \t]*use (?:strict|warnings);|\bsubprocess\.\w+\(|\/dev\/tcp\/|^[ \t]*require ['"]\w+['"]/gim

const beginsAsData = /^[\uFEFF\s]*[[{]/

function asData(text: string): 2 | 3 {
  likely.lastIndex = 0
  return certain.test(text) || likely.test(text) ? 3 : 2
}

/** A page without a name, which is none of a browser's. */
const beginsAsPage =
  /^[\uFEFF\s]{0,64}<(?:!doctype html|html|head|body|script)\b/i

function markedAs(text: string): boolean {
  if (certain.test(text)) return true
  if (beginsAsPage.test(text) && reaching.test(text)) return true
  likely.lastIndex = 0
  let found = 0
  while (found < 3 && likely.test(text)) found++
  return found >= 3
}
