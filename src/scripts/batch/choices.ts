// What `if` asks: does a comparison hold, as far as its sides are known?
import { numberOf, text as textValue } from '../fold/value.ts'

/** Something in it was not expanded. */
export function isUnknown(text: string): boolean {
  return /%[^%\s]{1,64}%|![^!\s]{1,64}!|%~?[a-z]{0,8}\d|%\*|\{output\}|%~?[a-z]\b/i.test(
    text,
  )
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  equ: (o) => o === 0,
  neq: (o) => o !== 0,
  lss: (o) => o < 0,
  leq: (o) => o <= 0,
  gtr: (o) => o > 0,
  geq: (o) => o >= 0,
}

export function compared(
  op: string,
  left: string,
  right: string,
  ignoresCase: boolean,
): boolean | undefined {
  const [a, b] = ignoresCase
    ? [left.toLowerCase(), right.toLowerCase()]
    : [left, right]
  if (op === '==') return a === b
  const order = Object.hasOwn(orders, op) ? orders[op] : undefined
  if (!order) return undefined
  const [x, y] = [numberOf(textValue(a)), numberOf(textValue(b))]
  return x !== undefined && y !== undefined
    ? order(x - y)
    : order(a === b ? 0 : a < b ? -1 : 1)
}
