// Percent signs and exclamation marks of batch files: replaced before a line means anything, each in its own turn.
import type { Session } from '../session.ts'
import { flowOf } from '../fold/flow.ts'
import { bitOf, textOf } from '../fold/value.ts'
import { environmentOf } from '../known/environment.ts'

export interface Expanded {
  readonly text: string
  readonly via: number
  /** Something in it may as well be another: it was set on one of two ways. */
  readonly isDoubtful: boolean
}

/** What names stand for. */
export interface Names {
  readonly session: Session
  readonly doubtful: ReadonlySet<string>
  /** Of the call that is under way; undefined: nobody knows them. */
  readonly args: readonly string[] | undefined
}

/** Units that one line may grow to: cmd.exe takes half as many ("Command prompt line string limitation", Microsoft Learn). */
export const maxLine = 16_384

interface Held {
  readonly text: string
  readonly via: number
}

function held(name: string, { session }: Names): Held | undefined {
  const own = session.variable(name)
  const text = textOf(own)
  if (own && text !== undefined) return { text, via: own.via }
  if (own && flowOf(own.via)) return { text: `{${name}}`, via: own.via }
  if (own) return undefined
  const common = environmentOf(name)
  return common === undefined ? undefined : { text: common, via: 0 }
}

/** Words put together of variables without a space between them. */
const joins = /[%!][^%!\s]{1,64}([%!])\1[^%!\s]{1,64}[%!]/

const percents =
  /%%|%\*|%(?:~[a-z$]{0,12})?(\d)|%([^%\r\n:*~]{1,64})(:[^%\r\n]{0,256})?%/gi

/** `%NAME%`, `%NAME:~1,2%`, `%NAME:a=b%`, `%1`. What is not known stays as it stands. */
export function expandPercents(line: string, names: Names): Expanded {
  if (!line.includes('%')) return { text: line, via: 0, isDoubtful: false }
  const isJunk = manyUnset(line, names)
  return replaced(line, percents, names, (found) => {
    const [all, digit, name, change] = found
    if (all === '%%') return { text: '%', via: 0 }
    if (digit || all === '%*') return argument(all, digit, names)
    const known = held(name!, names)
    if (known) return changed(known, change)
    return isJunk(found) ? { text: '', via: bitOf('environment') } : undefined
  })
}

const exclamations = /!([^!\s:=]{1,64})(:[^!\r\n]{0,256})?!/g

/** `!NAME!`, in its own turn behind the variables of loops. */
export function expandLate(
  line: string,
  names: Names,
  isCommand: boolean,
): Expanded {
  if (!line.includes('!')) return { text: line, via: 0, isDoubtful: false }
  return replaced(
    line,
    exclamations,
    names,
    ({ 1: name, 2: change, index }) => {
      const known = held(name!, names)
      const made = known && changed(known, change)
      return made && isCommand
        ? { ...made, text: literal(made.text, line, index) }
        : made
    },
  )
}

/** Beyond these a line is not looked through for quotes again. */
const maxSigns = 200

/** By then the line has been cut into commands: signs in what is put in mean nothing any more. */
function literal(text: string, line: string, at: number): string {
  if (!/[&|<>^]/.test(text)) return text
  const before = line.slice(0, at)
  const quotes = before.split('"', maxSigns).length - 1
  return quotes % 2 ? text : text.replace(/[&|<>^]/g, '^$&')
}

function replaced(
  line: string,
  pattern: RegExp,
  names: Names,
  of: (found: RegExpExecArray) => Held | undefined,
): Expanded {
  let via = joins.test(line) ? bitOf('environment') : 0
  let isDoubtful = false
  let text = ''
  let done = 0
  for (const found of line.matchAll(pattern)) {
    if (text.length > maxLine) break
    const made = of(found)
    const name = found.at(-2)?.toLowerCase()
    if (name && names.doubtful.has(name)) isDoubtful = true
    if (!made) continue
    text += line.slice(done, found.index) + made.text
    done = found.index + found[0].length
    via |= made.via
  }
  return {
    text: bounded(text + line.slice(done), line),
    via: done ? via : 0,
    isDoubtful,
  }
}

function bounded(made: string, written: string): string {
  return made.slice(0, Math.max(maxLine, written.length))
}

/** The file itself, and what it was given, have no other names here. */
function argument(
  all: string,
  digit: string | undefined,
  { args }: Names,
): Held | undefined {
  if (!args || digit === '0') return undefined
  const given = digit ? (args[Number(digit) - 1] ?? '') : args.join(' ')
  const text = all.includes('~') ? given.replace(/^"|"$/g, '') : given
  return { text, via: 0 }
}

/** Variables of users and of the system that are there on every host, whatever they hold. */
const usual =
  /^(?:appdata|localappdata|userprofile|username|userdomain|userdnsdomain|computername|temp|tmp|path|homedrive|homepath|homeshare|logonserver|processor_\w+|number_of_processors|prompt|sessionname|date|time|cd|random|errorlevel|cmdcmdline|onedrive|clientname|psmodulepath|driverdata)$/i

/** Names that nobody set and that stand in the middle of words: with several of them on a line, they are there to be nothing. */
function manyUnset(
  line: string,
  names: Names,
): (found: RegExpExecArray) => boolean {
  const isUnset = ({ index, 0: all, 2: name, 3: change }: RegExpExecArray) =>
    name !== undefined &&
    !change &&
    /\w/.test(line[index - 1] ?? '') &&
    /\w/.test(line[index + all.length] ?? '') &&
    !usual.test(name) &&
    !names.session.variable(name) &&
    environmentOf(name) === undefined
  let n = 0
  for (const found of line.matchAll(percents)) if (isUnset(found)) n++
  return n > 1 ? isUnset : () => false
}

const slice = /^:~\s*(-?\d{1,6})?\s*(?:,\s*(-?\d{1,6})?)?\s*$/

/** undefined: what is cut out, or replaced, is not known. */
function changed(
  { text, via }: Held,
  change: string | undefined,
): Held | undefined {
  if (!change || change === ':') return { text, via }
  // Of nothing the signs of the change are left.
  if (text === '') return undefined
  if (change.startsWith(':~')) {
    const part = slice.exec(change)
    if (!part) return undefined
    const cut = sliceOf(text, part[1], part[2])
    return { text: cut, via: via | bitOf('slices') }
  }
  if (/[%!]/.test(change)) return undefined
  const equals = change.indexOf('=', 2)
  if (equals < 2) return { text, via }
  return {
    text: substituted(text, change.slice(1, equals), change.slice(equals + 1)),
    via: via | bitOf('replacement'),
  }
}

function sliceOf(text: string, first = '0', length?: string): string {
  const from = Number(first)
  const at = from < 0 ? Math.max(0, text.length + from) : from
  const n = length === undefined ? text.length : Number(length)
  return text.slice(at, n < 0 ? Math.max(at, text.length + n) : at + n)
}

/** `*a=b`: all up to the first. */
function substituted(text: string, from: string, to: string): string {
  if (from.startsWith('*') && from.length > 1) {
    const at = text.toLowerCase().indexOf(from.slice(1).toLowerCase())
    return at < 0 ? text : to + text.slice(at + from.length - 1)
  }
  const pattern = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replace(new RegExp(pattern, 'gi'), () => to)
}

const modifiers = /[fdpnxsatz]/i

/** `%i`, `%~nxi` of the loops that are under way. */
export function expandLoops(
  line: string,
  loops: ReadonlyMap<string, Held>,
  isCommand: boolean,
): Expanded {
  let via = 0
  if (!loops.size || !line.includes('%'))
    return { text: line, via, isDoubtful: false }
  const text = line.replace(
    /%(~?)([A-Za-z#?]{1,16})/g,
    (all, tilde: string, letters: string, index: number) => {
      const at = tilde ? lastOf(letters, loops) : 0
      const known = loops.get(letters[at] ?? '')
      if (!known) return all
      via |= known.via
      const made = tilde
        ? modified(known.text, letters.slice(0, at))
        : known.text
      const shown = isCommand ? literal(made, line, index) : made
      return shown + letters.slice(at + 1)
    },
  )
  return { text: bounded(text, line), via, isDoubtful: false }
}

/** Behind the letters that say which part of a path is meant. */
function lastOf(letters: string, loops: ReadonlyMap<string, Held>): number {
  let last = loops.has(letters[0]!) ? 0 : -1
  for (let i = 1; i < letters.length && modifiers.test(letters[i - 1]!); i++)
    if (loops.has(letters[i]!)) last = i
  return last
}

function modified(written: string, parts: string): string {
  const path = written.replace(/^"|"$/g, '')
  if (!/[nx]/i.test(parts) || /f/i.test(parts)) return path
  const [, folder = '', name = '', ending = ''] =
    /^(.*[\\/])?(.*?)(\.[^.\\/]*)?$/.exec(path) ?? []
  const has = (letter: string) => parts.toLowerCase().includes(letter)
  return (
    (has('p') ? folder : '') + (has('n') ? name : '') + (has('x') ? ending : '')
  )
}
