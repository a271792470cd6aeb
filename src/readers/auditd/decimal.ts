// Numbers within a line, read in place.

/** -1 where the text from `from` to `to` is not a decimal number of 1 to 15 digits. */
export function decimalAt(text: string, from: number, to: number): number {
  if (to <= from || to - from > 15) return -1
  let n = 0
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i) - 0x30
    if (!(c >= 0 && c <= 9)) return -1
    n = n * 10 + c
  }
  return n
}
