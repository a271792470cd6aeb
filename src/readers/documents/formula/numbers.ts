// Functions of a sheet that give numbers or truths, of constants: by them codes of characters and places in texts are put together.
// ECMA-376 part 1, 18.17.7.

type NumberFunction = (...args: readonly number[]) => number | undefined

const round = (n: number, digits: number, how: (n: number) => number) => {
  const by = 10 ** Math.trunc(digits || 0)
  return how(n * by) / by
}
const fixed = (n: number) => Math.sign(n) * Math.round(Math.abs(n))

const ofNumbers: Readonly<Record<string, NumberFunction>> = {
  ABS: (n) => Math.abs(n!),
  INT: (n) => Math.floor(n!),
  TRUNC: (n, digits = 0) => round(n!, digits, Math.trunc),
  ROUND: (n, digits = 0) => round(n!, digits, fixed),
  ROUNDDOWN: (n, digits = 0) => round(n!, digits, Math.trunc),
  ROUNDUP: (n, digits = 0) =>
    round(n!, digits, (v) => Math.sign(v) * Math.ceil(Math.abs(v))),
  SIGN: (n) => Math.sign(n!),
  SQRT: (n) => Math.sqrt(n!),
  POWER: (n, by) => n! ** by!,
  MOD: (n, by) => n! - by! * Math.floor(n! / by!),
  QUOTIENT: (n, by) => Math.trunc(n! / by!),
  SUM: (...all) => all.reduce((sum, n) => sum + n, 0),
  PRODUCT: (...all) => all.reduce((product, n) => product * n, 1),
  MAX: (...all) => all.reduce((most, n) => Math.max(most, n)),
  MIN: (...all) => all.reduce((least, n) => Math.min(least, n)),
  BITXOR: (a, b) => (a! ^ b!) >>> 0,
  BITAND: (a, b) => (a! & b!) >>> 0,
  BITOR: (a, b) => (a! | b!) >>> 0,
  BITLSHIFT: (a, b) => a! * 2 ** b!,
  BITRSHIFT: (a, b) => Math.floor(a! / 2 ** b!),
}

const isTrue = (text: string) => !/^(?:false|0|)$/i.test(text)

type TextFunction = (...args: readonly string[]) => string | number | boolean

function foundAt(needle: string, text: string, from: string | undefined) {
  const at = text.indexOf(needle, Math.max(1, Number(from ?? 1)) - 1)
  return at < 0 ? Number.NaN : at + 1
}

const ofTexts: Readonly<Record<string, TextFunction>> = {
  FIND: (needle = '', text = '', from) => foundAt(needle, text, from),
  SEARCH: (needle = '', text = '', from) =>
    foundAt(needle.toLowerCase(), text.toLowerCase(), from),
  EXACT: (a, b) => a === b,
  AND: (...all) => all.every(isTrue),
  OR: (...all) => all.some(isTrue),
  XOR: (...all) => all.filter(isTrue).length % 2 === 1,
  NOT: (text = '') => !isTrue(text),
  TRUE: () => true,
  FALSE: () => false,
  ISNUMBER: (text = '') => text !== '' && !Number.isNaN(Number(text)),
  ISTEXT: (text = '') => text === '' || Number.isNaN(Number(text)),
  BASE: (n, radix, least = '0') =>
    inBase(Number(n), Number(radix)).padStart(Math.min(Number(least), 64), '0'),
  DECIMAL: (text = '', radix) =>
    isRadix(Number(radix)) ? Number.parseInt(text, Number(radix)) : Number.NaN,
  BIN2DEC: (text = '') => Number.parseInt(text, 2),
  OCT2DEC: (text = '') => Number.parseInt(text, 8),
  DEC2BIN: (n) => inBase(Number(n), 2),
  DEC2OCT: (n) => inBase(Number(n), 8),
}

const isRadix = (radix: number) =>
  Number.isInteger(radix) && radix >= 2 && radix <= 36

function inBase(n: number, radix: number): string {
  if (!isRadix(radix) || !Number.isFinite(n)) return ''
  return Math.trunc(n).toString(radix).toUpperCase()
}

/** undefined: it is none of these, or what it is given makes no sense to it. */
export function numberFunction(
  name: string,
  args: readonly string[],
): string | undefined {
  if (Object.hasOwn(ofTexts, name)) {
    const value = ofTexts[name]!(...args)
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
    return Number.isNaN(value) ? undefined : String(value)
  }
  if (!Object.hasOwn(ofNumbers, name) || args.length === 0) return undefined
  const value = ofNumbers[name]!(...args.map(Number))
  return value === undefined || !Number.isFinite(value)
    ? undefined
    : String(value)
}

export function isNumberFunction(name: string): boolean {
  return Object.hasOwn(ofTexts, name) || Object.hasOwn(ofNumbers, name)
}
