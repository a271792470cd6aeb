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

const plain = /[^"^&|()]+/y

/** Cut at `&`, `&&`, `||`, `|` and the brackets of groups, outside quotes. */
function partsOf(line: string): { text: string; sign: string }[] {
  const out: { text: string; sign: string }[] = []
  let quoted = false
  let groups = 0
  let from = 0
  for (let i = 0; i < line.length && out.length < maxCommands; i++) {
    i = endOf(plain, line, i)
    const c = line[i] ?? ''
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

/** Behind what matches from there on. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/** A bracket is that of a group where a command may begin, or where a group is open. */
function cuts(
  line: string,
  i: number,
  { from, groups }: { readonly from: number; readonly groups: number },
): boolean {
  const c = line[i]
  if (c === undefined) return false
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

/** Programs that take their line as it is written: quotes in it are those of the script on it. */
const ofWholeLine = /^(?:.*[\\/])?(?:mshta|rundll32|cmd|start)(?:\.exe)?$/i

/** The words of such a program: its switches, and the rest in one. */
export function programWords({ words, rest }: BatchCommand): readonly string[] {
  const first = words[0] ?? ''
  if (!ofWholeLine.test(first)) return words
  const switches: string[] = []
  const isStart = /start(?:\.exe)?$/i.test(first)
  let left = isStart ? rest.trim().replace(windowTitle, '') : rest.trim()
  for (let m = leading.exec(left); m; m = leading.exec(left)) {
    switches.push(m[0].trim())
    left = left.slice(m[0].length)
    if (isStart) left = left.replace(windowTitle, '')
    if (/^\/[ckr]$/i.test(m[0].trim())) break
  }
  return left ? [first, ...switches, left] : [first, ...switches]
}

const windowTitle = /^"[^"]{0,256}"\s*/
/** A switch, with a folder where it takes one. */
const leading = /^(?:\/d\s+(?:"[^"]*"|\S+)|\/[a-z]+(?::\w+)?)\s*/i

const plainInRest = /[^"^<>]+/y

/** Without redirections and carets. */
function restOf(text: string): string {
  let quoted = false
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const to = endOf(plainInRest, text, i)
    out += text.slice(i, to)
    i = to
    const c = text[i] ?? ''
    if (c === '"') quoted = !quoted
    if (!quoted && c === '^') {
      out += text[++i] ?? ''
      continue
    }
    // The digit before a sign of redirection is of the sign.
    if (!quoted && (c === '>' || c === '<')) return out.replace(/\s\d$/, '')
    out += c
  }
  return out
}

const plainInWord = /[^\\"^\s<>,;]+/y

function wordAt(
  text: string,
  from: number,
): { word: string; end: number; caret: boolean } {
  let word = ''
  let quoted = false
  let caret = false
  let i = from
  for (; i < text.length; i++) {
    const to = endOf(plainInWord, text, i)
    word += text.slice(i, to)
    i = to
    const c = text[i]
    if (c === undefined) break
    // What programs are given keeps a quote behind a backslash; one at the end of a path closes it.
    if (c === '\\' && text[i + 1] === '"' && /\S/.test(text[i + 2] ?? '')) {
      word += '"'
      i++
    } else if (c === '"') quoted = !quoted
    else if (c === '^' && !quoted) {
      caret ||= /\w/.test(text[i + 1] ?? '')
      word += text[++i] ?? ''
    } else if (!quoted && (/[\s<>]/.test(c) || (/[,;]/.test(c) && !word))) break
    else word += c
  }
  return { word, end: i, caret }
}
