// Files that VBA writes by their numbers.
import type { Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import { vbText } from '../fold/operators/vb.ts'
import { object, shownOf, text, type Value } from '../fold/value.ts'
import { tellFile } from './places.ts'

const nameOf = (number: Value | undefined): string => `#${shownOf(number)}`

const opens: Known = (call) => {
  const [path, mode, number] = call.args
  const shown = shownOf(path)
  const writes = /^(?:output|append|binary|random)$/.test(shownOf(mode))
  tellFile(call, shown, writes)
  call.define(nameOf(number), object('textstream', { data: text(shown) }))
  return undefined
}

/** Behind a line that is printed, it ends. */
const prints =
  (method: 'write' | 'writeline'): Known =>
  ({ args: [number, ...parts], get, send }) => {
    const file = get(nameOf(number))
    if (file?.kind !== 'object') return undefined
    const whole = parts.map((p) => vbText(p) ?? shownOf(p)).join('')
    const via = parts.reduce((all, p) => all | p.via, 0)
    return send(file, method, [text(whole, via)])
  }

const closes: Known = ({ args: [number], get, send }) => {
  const file = number && get(nameOf(number))
  return file?.kind === 'object' ? send(file, 'close', []) : undefined
}

export const vbFileCalls: Table = {
  '[open]': opens,
  '[print]': prints('writeline'),
  '[put]': prints('write'),
  '[close]': closes,
}
