// A line of a batch file, expanded: commands, pipes between them, redirections, words.

export interface BatchCommand {
  readonly words: readonly string[]
  readonly redirects: readonly {
    readonly sign: string
    readonly target: string
  }[]
  /** It reads what the one before it writes. */
  readonly piped: boolean
  /** Behind the first word, as it stands: echo, set. */
  readonly rest: string
  readonly carets: boolean
}

/** Commands of one line. */
const maxCommands = 500

export function commandsOf(line: string): BatchCommand[] {
  const out: BatchCommand[] = []
  let piped = false
  for (const { text, sign } of partsOf(line)) {
    const command = commandOf(text, piped)
    if (command) out.push(command)
    piped = sign === '|'
  }
  return out
}

/** Cut at `&`, `&&`, `||`, `|` and the brackets of groups, outside quotes. */
function partsOf(line: string): { text: string; sign: string }[] {
  const out: { text: string; sign: string }[] = []
  let quoted = false
  let groups = 0
  let from = 0
  for (let i = 0; i < line.length && out.length < maxCommands; i++) {
    const c = line[i]!
    if (c === '"') quoted = !quoted
    else if (quoted) continue
    else if (c === '^') i++
    else if (cuts(line, i, { from, groups })) {
      const doubled = (c === '&' || c === '|') && line[i + 1] === c
      if (c === '(') groups++
      else if (c === ')' && groups > 0) groups--
      out.push({ text: line.slice(from, i), sign: doubled ? c + c : c })
      if (doubled) i++
      from = i + 1
    }
  }
  out.push({ text: line.slice(from), sign: '' })
  return out
}

/** A bracket is that of a group where a command may begin, or where a group is open. */
function cuts(
  line: string,
  i: number,
  { from, groups }: { readonly from: number; readonly groups: number },
): boolean {
  const c = line[i]!
  if (c === '&') return !/[<>]/.test(line[i - 1] ?? '')
  if (c === '|') return true
  const isFirst = i - from < 64 && /^[\s@]*$/.test(line.slice(from, i))
  return c === '(' ? isFirst : c === ')' && (groups > 0 || isFirst)
}

function commandOf(text: string, piped: boolean): BatchCommand | undefined {
  const words: string[] = []
  const redirects: { sign: string; target: string }[] = []
  let carets = false
  let restFrom = -1
  for (let i = 0; i < text.length; ) {
    if (
      /[\s,;=@]/.test(text[i]!) &&
      !(words.length && /[,;=@]/.test(text[i]!))
    ) {
      i++
      continue
    }
    const redirect = /\d?(?:>>|>|<)(?:&\d)?/y
    redirect.lastIndex = i
    const sign = redirect.exec(text)?.[0]
    if (sign) {
      i += sign.length
      if (sign.includes('&')) continue
      while (/[\s]/.test(text[i] ?? '')) i++
      const target = wordAt(text, i)
      redirects.push({ sign, target: target.word })
      i = Math.max(target.end, i + 1)
      continue
    }
    const { word, end, caret } = wordAt(text, i)
    carets ||= caret
    words.push(word)
    i = Math.max(end, i + 1)
    if (words.length === 1) restFrom = i
  }
  if (!words.length && !redirects.length) return undefined
  return {
    words,
    redirects,
    piped,
    rest: restFrom < 0 ? '' : restOf(text.slice(restFrom)),
    carets,
  }
}

/** Without redirections and carets. */
function restOf(text: string): string {
  let quoted = false
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') quoted = !quoted
    if (!quoted && c === '^') {
      out += text[++i] ?? ''
      continue
    }
    if (!quoted && (c === '>' || c === '<')) break
    out += c
  }
  return out.replace(/\s\d$/, '')
}

function wordAt(
  text: string,
  from: number,
): { word: string; end: number; caret: boolean } {
  let word = ''
  let quoted = false
  let caret = false
  let i = from
  for (; i < text.length; i++) {
    const c = text[i]!
    if (c === '"') quoted = !quoted
    else if (c === '^' && !quoted) {
      caret ||= /\w/.test(text[i + 1] ?? '')
      word += text[++i] ?? ''
    } else if (!quoted && (/[\s<>]/.test(c) || (/[,;]/.test(c) && !word))) break
    else word += c
  }
  return { word, end: i, caret }
}
