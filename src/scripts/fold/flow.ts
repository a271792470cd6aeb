// Whom is it of? An end of a connection, and a shell that waits for commands, carry a bit, beside those for how a text was hidden. Whatever is
// made of them, read from them or written to them carries it too, so that one question is asked everywhere: does a shell meet a connection?
import { holed, shownOf, type Value } from './value.ts'

/** A socket, a pipe or a FIFO that somebody else is at the other end of, or what came through it. */
export const ofConnection = 1 << 30
/** A shell that takes its commands from elsewhere, one of its ends, or what it says. */
export const ofShell = 1 << 29

/** A named pipe of Windows, of which rules ask by its kind, where text comes through it that is run as code. */
export const ofPipe = 1 << 28

/** Memory that programs share, where what is in it is run as code. */
export const ofMemory = 1 << 26

const ofAny = ofConnection | ofShell | ofPipe | ofMemory

/** What came from somebody else. */
export const received = ofConnection | ofPipe | ofMemory

/** Whom it is of, without how it was hidden. */
export function flowOf(via: number): number {
  return via & ofAny
}

/** How it was hidden, without whom it is of. */
export function hiddenBy(via: number): number {
  return via & ~(ofAny | holed)
}

/** Items of one value that are looked at. */
const maxItems = 64
/** Lists in lists that are looked into. */
const maxWithin = 3

/** Whom it is of, and what is in it. */
export function flowWithin(value: Value | undefined, depth = 0): number {
  if (!value) return 0
  const own = flowOf(value.via)
  if (depth >= maxWithin) return own
  const items = itemsWithin(value).slice(0, maxItems)
  return items.reduce((all, v) => all | flowWithin(v, depth + 1), own)
}

function itemsWithin(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items
  return value.kind === 'object' && value.type === 'map'
    ? [...value.entries.values()]
    : []
}

export function isOf(value: Value | undefined, flow: number): boolean {
  return (flowWithin(value) & flow) !== 0
}

/** Is one of these of a shell, and another of a connection? */
export function meet(values: readonly (Value | undefined)[]): boolean {
  const all = values.map((v) => flowWithin(v))
  return all.some(
    (f, i) => f & ofShell && all.some((g, k) => k !== i && g & ofConnection),
  )
}

/** Names of shells, and of what is one when it is given no script. */
export const shells =
  /^(?:r?ba|da|z|k|mk|pdk|c|tc|a|fi)?sh$|^cmd$|^powershell$|^pwsh$|^busybox$/

/** Words before the program that is meant. */
const goBetweens =
  /^(?:exec|env|sudo|doas|setsid|nohup|busybox|command|stdbuf|script|winpty|unbuffer|start|\/b|[A-Za-z_]\w*=.*)$/

/** Words of one line that are looked at. */
const maxWords = 64

/** What a line starts: a program without its folder and its ending, and the words behind it. */
function startedBy(line: string): { program: string; words: string[] } {
  const words = line.trim().slice(0, 4_096).split(/\s+/).slice(0, maxWords)
  const bare = (w = '') =>
    w
      .replace(/^["']|["']$/g, '')
      .replace(/^.*[/\\]/, '')
      .replace(/\.exe$/i, '')
      .toLowerCase()
  while (words.length > 1 && goBetweens.test(bare(words[0]))) words.shift()
  return { program: bare(words[0]), words: words.slice(1) }
}

const codeOption = /^-\w*c$|^\/[ckr]$|^-(?:command|encodedcommand)$/i

/** Is it a shell that is given no script: one that waits for commands? */
export function isOpenShell(line: string, depth = 0): boolean {
  const { program, words } = startedBy(line)
  if (!shells.test(program) || depth > maxWithin) return false
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!.replace(/^["']|["']$/g, '')
    if (/^(?:\d{0,3}|&)[<>]/.test(word)) break
    if (codeOption.test(word)) {
      const code = words.slice(i + 1).join(' ')
      return isOpenShell(code.replace(/^["']|["']$/g, ''), depth + 1)
    }
    if (/^[|;&]/.test(word)) return false
    if (word && !/^[-/]/.test(word)) return false
  }
  return true
}

/** Is what it runs what came through a connection, and not a program that is given it? */
export function runsReceived(value: Value | undefined): boolean {
  if (!isOf(value, ofConnection)) return false
  const line = shownOf(value).trim()
  if (line.startsWith('{')) return true
  const { program, words } = startedBy(line)
  const at = words.findIndex((w) => codeOption.test(w))
  return (
    program.startsWith('{') ||
    (shells.test(program) &&
      at >= 0 &&
      /^["']?\{/.test(words.slice(at + 1).join(' ')))
  )
}
