// Moments as text in Splunk's formats, both ways. All times are UTC where a text names no zone; a moment is a number of seconds
// since 1970 with a fraction.
import { zoneOf } from '../base/zone.ts'

import {
  type Moment,
  shorthands,
  type Told,
  type Variable,
  variables,
} from './time-variables.ts'

interface Part {
  /** Of a variable; else `text` stands for itself. */
  readonly variable: Variable | undefined
  readonly text: string
  readonly digits: number | undefined
  /** `%-d`: without leading zeros and blanks. */
  readonly bare: boolean
}

const form = /%(-?)(\d?)(:{1,3}z|Ez|[A-Za-z%+])/g

/** Formats whose parts are kept. */
const maxFormats = 1_000
const formats = new Map<string, readonly Part[]>()

function partsOf(format: string): readonly Part[] {
  const known = formats.get(format)
  if (known) return known
  const whole = format.replace(
    /%([c+xXDFRT])/g,
    (_, c: string) => shorthands[c]!,
  )
  const parts: Part[] = []
  let at = 0
  const literal = (text: string) => {
    if (text)
      parts.push({ variable: undefined, text, digits: undefined, bare: false })
  }
  for (const m of whole.matchAll(form)) {
    literal(whole.slice(at, m.index))
    at = m.index + m[0].length
    const letter = m[3]!
    parts.push({
      variable: Object.hasOwn(variables, letter)
        ? variables[letter]
        : undefined,
      text: m[0],
      digits: m[2] ? Number(m[2]) : undefined,
      bare: m[1] === '-',
    })
  }
  literal(whole.slice(at))
  if (formats.size >= maxFormats) formats.clear()
  formats.set(format, parts)
  return parts
}

/** What is wrong with a format, in a few words: undefined where every variable of it is known. */
export function formatProblem(
  format: string,
  use: 'write' | 'read',
): string | undefined {
  for (const { variable, text } of partsOf(format)) {
    if (!text.startsWith('%') || text === '%') continue
    if (!variable) return `"${text}" is no variable of a time format`
    if (use === 'read' && !variable.read) return `"${text}" cannot be read back`
  }
  return undefined
}

/** A moment as text; undefined where it is no moment that a calendar has. */
export function strftime(seconds: number, format: string): string | undefined {
  if (!(Math.abs(seconds * 1000) <= 8.64e15)) return undefined
  const whole = Math.floor(seconds)
  const moment: Moment = {
    date: new Date(whole * 1000),
    seconds: whole,
    fraction: seconds - whole,
  }
  let out = ''
  for (const { variable, text, digits, bare } of partsOf(format)) {
    const written = variable ? variable.write(moment, digits) : text
    out += bare ? written.replace(/^[0 ]+(?=\d)/, '') : written
  }
  return out
}

/** The moment that a text tells in a format; undefined where the text does not fit, or goes on behind it. */
export function strptime(text: string, format: string): number | undefined {
  const told: Told = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: 0,
    pm: undefined,
    zone: 0,
    region: undefined,
    epoch: undefined,
  }
  let at = 0
  for (const part of partsOf(format)) {
    const end = part.variable
      ? readVariable(text, at, part.variable, told)
      : readLiteral(text, at, part.text)
    if (end === undefined) return undefined
    at = end
  }
  return at < text.trimEnd().length ? undefined : momentTold(told)
}

function readVariable(
  text: string,
  at: number,
  { form, read }: Variable,
  told: Told,
): number | undefined {
  if (!form || !read) return undefined
  form.lastIndex = at
  const found = form.exec(text)?.[0]
  return found !== undefined && read(found, told)
    ? at + found.length
    : undefined
}

/** White space stands for any of it, also none. */
function readLiteral(
  text: string,
  from: number,
  literal: string,
): number | undefined {
  let at = from
  for (const c of literal) {
    if (/\s/.test(c)) while (/\s/.test(text[at] ?? '')) at++
    else if (text.startsWith(c, at)) at += c.length
    else return undefined
  }
  return at
}

function momentTold(t: Told): number | undefined {
  if (t.epoch !== undefined) return t.epoch + t.fraction
  const hour = t.pm === undefined ? t.hour : (t.hour % 12) + (t.pm ? 12 : 0)
  if (t.month < 1 || t.month > 12 || t.day < 1 || hour > 24) return undefined
  if (t.minute > 59 || t.second > 60) return undefined
  const day = new Date(Date.UTC(t.year, t.month - 1, t.day))
  if (day.getUTCDate() !== t.day) return undefined
  const clock = hour * 3600 + t.minute * 60 + t.second
  const local = day.getTime() / 1000 + clock + t.fraction
  const zone = t.region === undefined ? undefined : zoneOf(t.region)
  if (!zone) return local - t.zone
  // Asked of the moment that the first answer gives: right but for the hour that a change of clocks skips or repeats.
  const offsetAt = (t: number) => zone.offsetAt(t * 1000) * 60
  return local - offsetAt(local - offsetAt(local))
}
