// When is day 46023.5? A sheet keeps moments as days since 1900 or 1904, and only the format of the cell says that the number
// is one. ECMA-376 part 1, 18.17.4 (dates), 18.8.30 (formats).

const msPerDay = 86_400_000
/** Day 0 in milliseconds; 1900 counts a 29 February that never was, so that days from 1 March on begin a day earlier. */
const day0 = Date.UTC(1899, 11, 30)
const day0Of1904 = Date.UTC(1904, 0, 1)
/** 31 December 9999. */
const maxDay = 2_958_466

/** `2026-01-02 03:04:05.678`, or the clock alone of a part of a day; the number as it is where it is neither. */
export function momentOf(days: number, from1904: boolean): string {
  if (days >= 0 && days < 1) {
    const ms = Math.min(Math.round(days * msPerDay), msPerDay - 1)
    return new Date(ms).toISOString().slice(11, -1)
  }
  if (!(days >= 1 && days < maxDay)) return String(days)
  const ms = Math.round(days * msPerDay) + (from1904 ? day0Of1904 : day0)
  return new Date(ms).toISOString().slice(0, -1).replace('T', ' ')
}

/** Formats that have no text of their own in a file. */
const builtIn: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
]

/** Does a format show its number as a date or a time? `code`: its text, where the file has one. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) {
    return builtIn.some(([from, to]) => id >= from && id <= to)
  }
  const plain = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h|m|s)[^\]]*\]/gi, '')
  return /[dmyhs]/i.test(plain) && !/general/i.test(plain)
}
