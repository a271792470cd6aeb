// Which script files does an event name? The path of a logged block, the script of an exec, and arguments of interpreters.
import { type Event, fieldOf } from '../../event/event.ts'

/** Of one event. */
const maxNames = 8
/** Of a path, in UTF-16 units. */
const maxPathUnits = 1_024

const extension =
  /\.(?:ps1|psm1|vbs|vbe|jse?|wsf|wsc|sct|hta|bat|cmd|sh|bash|zsh|command|applescript|scpt|py|pyw|pl|rb|php|mjs)$/i

const interpreter =
  /^(?:.*[\\/])?(?:ba|z|da|k)?sh$|^(?:.*[\\/])?(?:python[\d.]*|perl|ruby|php|node|osascript)$/

export function scriptsNamedBy(event: Event): string[] {
  const names = new Set<string>()
  const add = (path: unknown) => {
    if (
      typeof path === 'string' &&
      path &&
      path.length <= maxPathUnits &&
      names.size < maxNames
    )
      names.add(path)
  }
  add(fieldOf(event, 'ScriptName'))
  add(fieldOf(event, 'ScriptPath'))
  const line = fieldOf(event, 'CommandLine')
  if (typeof line === 'string' && line)
    for (const path of pathsIn(line)) add(path)
  return [...names]
}

function* pathsIn(line: string): Generator<string> {
  const words = line.slice(0, 8_192).match(/"[^"]+"|'[^']+'|[^\s"']+/g) ?? []
  const bare = words.map((w) => w.replace(/^["']|["']$/g, ''))
  for (const [i, word] of bare.entries()) {
    if (
      i > 0 &&
      extension.test(word) &&
      !/^[-/][a-z]/i.test(word) &&
      !/^\w+:\/\//.test(word)
    )
      yield word
    else if (i === 0 && extension.test(word)) yield word
  }
  // A script without an ending: the first word behind the interpreter that is no option.
  if (!bare[0] || !interpreter.test(bare[0])) return
  const first = bare.slice(1).find((w) => !w.startsWith('-'))
  if (
    first &&
    /^[./~\w][\w./~+-]*$/.test(first) &&
    first.includes('/') &&
    !bare.includes('-c') &&
    !bare.includes('-e')
  )
    yield first
}
