// Percent signs and exclamation marks of batch files: replaced before a line means anything.
import { bitOf } from '../fold/value.ts'
import { environmentOf } from '../known/environment.ts'

export interface Variable {
  readonly text: string
  readonly via: number
}

export interface Expanded {
  readonly text: string
  readonly via: number
}

/** Units that one line may grow to. */
const maxLine = 256 * 1024

/** `%NAME%`, `%NAME:~1,2%`, `%NAME:a=b%`, `!NAME!`; of a loop `%%a`. What is not known stays as it stands. */
export function expandLine(
  line: string,
  variables: ReadonlyMap<string, Variable>,
): Expanded {
  if (!line.includes('%') && !line.includes('!')) return { text: line, via: 0 }
  // Words put together of variables without a space between them.
  let via = /[%!][^%!\s]{1,64}([%!])\1[^%!\s]{1,64}[%!]/.test(line)
    ? bitOf('environment')
    : 0
  let used = 0
  const text = line.replace(
    /%%([A-Za-z#])|%([^%\r\n:=]{1,64})(:[^%\r\n]{0,256})?%|!([^!\s:=]{1,64})(:[^!\r\n]{0,256})?!|%%/g,
    (all, loop, name, change, late, lateChange) => {
      if (used > maxLine) return all
      const key = (loop ? `%%${loop}` : (name ?? late))?.toLowerCase()
      if (key === undefined) return '%'
      const known = variableOf(key, variables)
      if (!known) return loop ? `%${loop}` : all
      via |= known.via
      const made = changed(known.text, change ?? lateChange)
      if ((change ?? lateChange)?.startsWith(':~')) via |= bitOf('slices')
      else if (change ?? lateChange) via |= bitOf('replacement')
      used += made.length
      return made
    },
  )
  return { text: text.slice(0, maxLine), via }
}

function variableOf(
  name: string,
  variables: ReadonlyMap<string, Variable>,
): Variable | undefined {
  const own = variables.get(name)
  if (own) return own
  const common = environmentOf(name)
  return common === undefined ? undefined : { text: common, via: 0 }
}

function changed(text: string, change: string | undefined): string {
  if (!change) return text
  const slice = /^:~\s*(-?\d{1,6})?(?:,\s*(-?\d{1,6}))?$/.exec(change)
  if (slice) {
    const from = Number(slice[1] ?? 0)
    const at = from < 0 ? Math.max(0, text.length + from) : from
    const n = slice[2] === undefined ? text.length : Number(slice[2])
    return text.slice(at, n < 0 ? text.length + n : at + n)
  }
  const equals = change.indexOf('=')
  const from = change.slice(1, equals)
  if (equals < 2 || !from) return text
  const to = change.slice(equals + 1)
  return text
    .split(new RegExp(from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i'))
    .join(to)
}
