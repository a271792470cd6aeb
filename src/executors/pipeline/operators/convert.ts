// convert: values in another form, number by number.
import type { Convert } from '../../../ir/operator.ts'
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
              convertOne(fn, v, op.timeFormat),
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

function convertOne(
  fn: Convert['conversions'][number]['fn'],
  v: Single,
  format: string,
): Single | null {
  const n = numberOf(v)
  const s = textOf(v)
  switch (fn) {
    case 'ctime':
      return n === null ? v : (strftime(n, format) ?? v)
    case 'mktime':
      return strptime(s, format) ?? null
    case 'auto':
    case 'num': {
      const found = n ?? numberOf(s.replaceAll(',', ''))
      return fn === 'num' ? found : (found ?? v)
    }
    case 'none':
      return v
    case 'rmcomma':
      return s.replaceAll(',', '')
    case 'rmunit': {
      const m = /^\s*-?\d+(?:\.\d+)?/.exec(s)
      return m ? Number(m[0]) : null
    }
    case 'dur2sec': {
      const m = /^(?:(\d+)\+)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(s)
      if (!m) return null
      return (
        Number(m[1] ?? 0) * 86_400 +
        Number(m[2] ?? 0) * 3600 +
        Number(m[3]) * 60 +
        Number(m[4])
      )
    }
    case 'mstime': {
      const m = /^(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(s)
      return m ? Number(m[1] ?? 0) * 60 + Number(m[2]) : null
    }
    case 'memk': {
      const m = /^\s*(\d+(?:\.\d+)?)\s*([kmg])?/i.exec(s)
      if (!m) return null
      const scale = { k: 1, m: 1024, g: 1_048_576 } as const
      return (
        Number(m[1]) * scale[(m[2]?.toLowerCase() ?? 'k') as keyof typeof scale]
      )
    }
  }
}
