// convert: values in another form, number by number.
import type { ConvertFunction } from '../../../ir/operator.ts'
import { strftime, strptime } from '../../../meaning/time-format.ts'
import { NameSet, isInternal } from '../row.ts'
import { type Single, fromList, numberOf, textOf, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const convert: OperatorDefinition<'convert'> = {
  start(op, emit) {
    const plans = op.conversions.map((c) => ({
      ...c,
      names: c.field.includes('*') ? new NameSet([c.field]) : undefined,
    }))
    return {
      push(row) {
        for (const { fn, field, as, names } of plans) {
          const fields = names
            ? [...row.names()].filter((n) => names.has(n) && !isInternal(n))
            : [field]
          for (const name of fields) {
            const value = row.get(name)
            if (value === null) continue
            const changed = toList(value).map((v) =>
              conversions[fn](v, op.timeFormat),
            )
            row.set(
              names ? name : as,
              fromList(changed.flatMap((v) => v ?? [])),
            )
          }
        }
        emit(row)
      },
    }
  },
}

type Conversion = (v: Single, format: string) => Single | null

/** Values that a conversion cannot read are null, but for those that leave them as they are. */
const conversions: Readonly<Record<ConvertFunction, Conversion>> = {
  ctime: (v, format) => {
    const n = numberOf(v)
    return n === null ? v : (strftime(n, format) ?? v)
  },
  mktime: (v, format) => strptime(textOf(v), format) ?? null,
  auto: (v) => plainNumber(v) ?? v,
  num: plainNumber,
  none: (v) => v,
  rmcomma: (v) => textOf(v).replaceAll(',', ''),
  rmunit: (v) => {
    const m = /^\s*-?\d+(?:\.\d+)?/.exec(textOf(v))
    return m ? Number(m[0]) : null
  },
  dur2sec: (v) => {
    const m = /^(?:(\d+)\+)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(textOf(v))
    if (!m) return null
    const [days, hours, minutes, seconds] = m
      .slice(1)
      .map((n) => Number(n ?? 0))
    return days! * 86_400 + hours! * 3600 + minutes! * 60 + seconds!
  },
  mstime: (v) => {
    const m = /^(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(textOf(v))
    return m ? Number(m[1] ?? 0) * 60 + Number(m[2]) : null
  },
  memk: (v) => {
    const m = /^\s*(\d+(?:\.\d+)?)\s*([kmg])?/i.exec(textOf(v))
    if (!m) return null
    const scale = { k: 1, m: 1024, g: 1_048_576 } as const
    const unit = (m[2]?.toLowerCase() ?? 'k') as keyof typeof scale
    return Number(m[1]) * scale[unit]
  },
}

function plainNumber(v: Single): number | null {
  return numberOf(v) ?? numberOf(textOf(v).replaceAll(',', ''))
}
