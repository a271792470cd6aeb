// Is there a script on a command line? What an interpreter is given there, and in which language the line itself is to be read.
import { withoutTail } from '../../base/without-tail.ts'

import type { Language } from '../../scripts/index.ts'

/** Programs that take script on their command line; anything else is passed by at once. */
const hosts =
  /(?:^|[\\/"'\s])(?:powershell|pwsh|cmd|mshta|rundll32|wscript|cscript|regsvr32|wmic|bash|sh|zsh|dash|ksh|python[\d.]*|perl|ruby|php|node|osascript|socat|nc|ncat|curl|busctl|gdbus|dbus-send)(?:\.exe)?["']?(?:\s|$)/i

/** UNIX: `sh -c` with all that follows, as audit joins it. */
const inline =
  /^(?:\S*\/)?(sh|bash|zsh|dash|ksh|python[\d.]*|perl|ruby|php|node)\s+(?:-(?!\w*[cer]\s)\S+\s+)*-\w*[cer]\s+([\s\S]+)$/

/** It names its language apart: `osascript -l JavaScript -e …`. */
const ofOsascript =
  /^(?:\S*\/)?osascript\s+(?:-[is]\s+(?:\S+\s+)?)*(?:-l\s*(\w+)\s+)?(?:-[is]\s+)*-e\s+([\s\S]+)$/i

const languages: Readonly<Record<string, Language>> = {
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  dash: 'shell',
  ksh: 'shell',
  perl: 'perl',
  ruby: 'ruby',
  php: 'php',
  node: 'javascript',
}

export interface CommandScript {
  readonly text: string
  readonly language: Language
}

/** Longer ones are cut, in UTF-16 units. */
const maxUnits = 65_536

/** undefined: no program on it takes script. */
export function commandScript(
  line: string,
  isWindows: boolean,
): CommandScript | undefined {
  if (!hosts.test(line.length > 4_096 ? line.slice(0, 4_096) : line))
    return undefined
  const text = line.slice(0, maxUnits)
  if (isWindows) return { text, language: 'batch' }
  const [, languageOfApple, appleCode] = ofOsascript.exec(text) ?? []
  if (appleCode) {
    const isJavaScript = languageOfApple?.toLowerCase() === 'javascript'
    const language = isJavaScript ? 'javascript' : 'applescript'
    return { text: unquoted(appleCode), language }
  }
  const [, program = '', code] = inline.exec(text) ?? []
  if (!code) return { text, language: 'shell' }
  const name = withoutTail(program, '0123456789.')
  const language = name === 'python' ? 'python' : (languages[name] ?? 'shell')
  return { text: unquoted(code), language }
}

function unquoted(code: string): string {
  const inside = /^(['"])([\s\S]*)\1$/.exec(code.trim())
  return inside && !inside[2]!.includes(inside[1]!) ? inside[2]! : code
}
