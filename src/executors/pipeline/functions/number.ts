// Functions that compute with numbers. Bits are those of whole numbers up to 2^53.
import { finite } from '../compare.ts'
import type { Fn, Functions, Result, Single } from '../values.ts'
import { compareForSort, isList, numberOf } from '../values.ts'

function numbers(of: (...n: number[]) => number | null): Fn {
  return (args) => {
    const list: number[] = []
    for (const a of args) {
      const n = numberOf(a)
      if (n === null) return null
      list.push(n)
    }
    const result = of(...list)
    return result === null ? null : finite(result)
  }
}

/** Digits behind the point that a round keeps apart. */
const maxDigits = 15

function round(n: number, digits = 0): number {
  const d = Math.max(-maxDigits, Math.min(maxDigits, Math.trunc(digits)))
  const scale = 10 ** d
  const shifted = Math.abs(n) * scale
  // Half away from zero, and not fooled by 1.005 being a little less.
  const rounded = Math.round(Number(shifted.toPrecision(15))) / scale
  return n < 0 ? -rounded : rounded
}

function bits(of: (a: bigint, b: bigint) => bigint): Fn {
  return (args) => {
    let result: bigint | undefined
    for (const a of args) {
      const n = numberOf(a)
      if (n === null || !Number.isSafeInteger(n) || n < 0) return null
      result = result === undefined ? BigInt(n) : of(result, BigInt(n))
    }
    return result === undefined ? null : finite(Number(result))
  }
}

/** Bits that a shift moves at most. */
const maxShift = 52n

function extreme(sign: 1 | -1): Fn {
  return (args: readonly Result[]) => {
    let best: Single | null = null
    for (const a of args) {
      if (a === null || typeof a === 'boolean') continue
      for (const v of isList(a) ? a : [a]) {
        if (best === null || compareForSort(v, best) * sign > 0) best = v
      }
    }
    return best
  }
}

export const numberFunctions = {
  abs: numbers(Math.abs),
  ceiling: numbers(Math.ceil),
  ceil: numbers(Math.ceil),
  floor: numbers(Math.floor),
  round: numbers(round),
  sigfig: numbers((n) => n),
  exact: numbers((n) => n),
  exp: numbers(Math.exp),
  ln: numbers(Math.log),
  log: numbers((n, base = 10) =>
    base === 10 ? Math.log10(n) : Math.log(n) / Math.log(base),
  ),
  pow: numbers((a, b) => a ** b!),
  sqrt: numbers(Math.sqrt),
  pi: () => Math.PI,
  sin: numbers(Math.sin),
  cos: numbers(Math.cos),
  tan: numbers(Math.tan),
  asin: numbers(Math.asin),
  acos: numbers(Math.acos),
  atan: numbers(Math.atan),
  atan2: numbers((y, x) => Math.atan2(y, x!)),
  sinh: numbers(Math.sinh),
  cosh: numbers(Math.cosh),
  tanh: numbers(Math.tanh),
  asinh: numbers(Math.asinh),
  acosh: numbers(Math.acosh),
  atanh: numbers(Math.atanh),
  hypot: numbers((x, y) => Math.hypot(x, y!)),
  min: extreme(-1),
  max: extreme(1),
  bit_and: bits((a, b) => a & b),
  bit_or: bits((a, b) => a | b),
  bit_xor: bits((a, b) => a ^ b),
  bit_not: ([v, mask]) => {
    const n = numberOf(v!)
    const m = mask === undefined ? 2 ** 53 - 1 : numberOf(mask)
    if (
      n === null ||
      m === null ||
      !Number.isSafeInteger(n) ||
      !Number.isSafeInteger(m)
    )
      return null
    return Number(~BigInt(n) & BigInt(m))
  },
  bit_shift_left: bits((a, b) =>
    b > maxShift ? 0n : BigInt.asUintN(53, a << b),
  ),
  bit_shift_right: bits((a, b) => (b > maxShift ? 0n : a >> b)),
} satisfies Functions
