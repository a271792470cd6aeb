// What PowerShell makes of values that it needs as texts, numbers, or true and false.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_type_conversion
import { type NumberValue, truth, type Value, wholeText } from '../value.ts'
import { vbRound } from './vb.ts'

export const psTruth = (holds: boolean): NumberValue =>
  truth(holds ? 'True' : 'False', holds ? 1 : 0)

/** Lists in lists are told by their type. */
export function psText(value: Value | undefined): string | undefined {
  switch (value?.kind) {
    case 'number': {
      const { number: n, word } = value
      if (word) return word
      if (Number.isSafeInteger(n)) return String(n)
      const isPlain = Math.abs(n) < 1e15 && Math.abs(n) >= 1e-4
      // Editions write as many digits as they think fit.
      return isPlain && Number(n.toPrecision(15)) === n ? String(n) : undefined
    }
    case 'list': {
      if (value.items.length > 100_000) return undefined
      const all = value.items.map((v) =>
        v.kind === 'list' || v.kind === 'bytes' ? undefined : psText(v),
      )
      return all.includes(undefined) ? undefined : all.join(' ')
    }
    case 'bytes':
      return Array.from(value.bytes).join(' ')
    default:
      return wholeText(value)
  }
}

export function psNumber(value: Value | undefined): number | undefined {
  switch (value?.kind) {
    case 'number':
      return value.number
    case 'list':
      return value.items.length === 1 ? psNumber(value.items[0]) : undefined
    case 'text': {
      if (value.isLetter) return value.text.charCodeAt(0)
      const s = wholeText(value)?.trim()
      if (s === '') return 0
      const isNumber =
        s !== undefined &&
        (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i.test(s) ||
          /^0x[0-9a-f]{1,7}$/i.test(s))
      return isNumber ? Number(s) : undefined
    }
    default:
      return undefined
  }
}

/** A whole number as .NET's functions take it. */
export function psWhole(value: Value | undefined): number | undefined {
  const n = psNumber(value)
  return n === undefined ? undefined : vbRound(n)
}

export function psHolds(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'number':
      return value.number !== 0
    case 'text':
      return value.text !== ''
    case 'list':
      return value.items.length === 1
        ? psHolds(value.items[0]!)
        : value.items.length > 0
    case 'unknown':
      return undefined
    default:
      return true
  }
}
