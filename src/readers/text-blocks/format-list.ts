// `Get-WinEvent | Format-List` and `Get-EventLog | Format-List`: a property a line, its value behind ` : ` in one column, more lines
// of it below. A redirected list is wrapped at the width that the window had.
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const formatListForm: TextForm = {
  name: 'powershell-list',
  looksLike: (text) => {
    const names = new Set(
      [...text.matchAll(/^([A-Z]\w{1,30}) +: /gm)].map((m) => m[1]!),
    )
    const isOfEvents =
      names.has('ProviderName') || names.has('Source') || names.has('LogName')
    const id = ['Id', 'InstanceId', 'EventID'].some((name) => names.has(name))
    return isOfEvents && id && names.has('Message')
  },
  begins(line, open) {
    const [, name] = property.exec(line) ?? []
    return (
      name !== undefined && open.some((l) => property.exec(l)?.[1] === name)
    )
  },
  object,
  isAround: (line) => !property.test(line),
}

const property = /^([A-Z]\w{0,63}) *:(?: |$)/

/** Windows keeps the id in the lower half of what it calls the instance. */
const idBits = 0xffff

function object(lines: readonly string[]): JsonObject | undefined {
  const width = lines.reduce((w, l) => Math.max(w, l.length), 0)
  const column = lines[0]!.indexOf(':')
  const values = new Map<string, string>()
  let name: string | undefined
  let before = ''
  for (const line of lines) {
    const pair = line[column] === ':' ? property.exec(line) : null
    if (pair) {
      name = pair[1]!
      values.set(name, line.slice(column + 2))
    } else if (name !== undefined) {
      const more = line.slice(0, column + 2).trim()
        ? line
        : line.slice(column + 2)
      const glue = isWrapped(before, more, width) ? ' ' : '\n'
      values.set(name, `${values.get(name)}${glue}${more}`)
    }
    before = line
  }
  const { Id, InstanceId, Index, ...rest } = Object.fromEntries(
    [...values].map(([n, v]) => [n, v.trim()]),
  )
  const id = Id ?? (InstanceId && String(Number(InstanceId) & idBits))
  if (id === undefined && rest.EventID === undefined) return undefined
  return {
    EventID: id,
    ...(Index !== undefined && { RecordId: Index }),
    ...rest,
  }
}

/** A word that would not have fitted, and that begins no pair of its own. */
function isWrapped(before: string, more: string, width: number): boolean {
  if (width < 40 || /^\s|^[A-Z][\w ./-]{0,63}:(?:\s|$)/.test(more)) return false
  const [word = ''] = more.split(' ', 1)
  return word !== '' && before.length + 1 + word.length > width
}
