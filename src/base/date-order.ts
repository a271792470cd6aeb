// Does a date of numbers begin with the day or with the month? A file is written by one program in one locale: what one of its dates
// tells holds for all. State of a thread, as that of local-time.ts, since dates are read deep within dialects.

export type DateOrder = 'day-first' | 'month-first'

/** undefined: both are possible, or it is no date. */
export function orderOf(a: number, b: number): DateOrder | undefined {
  if (a > 12 && a <= 31 && b >= 1 && b <= 12) return 'day-first'
  return b > 12 && b <= 31 && a >= 1 && a <= 12 ? 'month-first' : undefined
}

/** The dates of one source. */
export class Dates {
  #order: DateOrder | undefined
  readonly #assumed = new Set<DateOrder>()

  /** `order`: what is known before any is read. */
  constructor(order?: DateOrder) {
    this.#order = order
  }

  /** Which order the next dates are read in, where that is settled. */
  get order(): DateOrder | undefined {
    return this.#order
  }

  /** Heeds one that stands further down. */
  lookAt(a: number, b: number): void {
    this.#order ??= orderOf(a, b)
  }

  isDayFirst(a: number, b: number, separator: string): boolean {
    const told = orderOf(a, b)
    if (told === undefined && a === b) return false
    // With points nobody puts the month first.
    if (separator === '.') return true
    if (told) this.#order ??= told
    const order = told ?? this.#order ?? this.#assume(separator)
    return order === 'day-first'
  }

  // Of dates with dashes the Dutch and the Portuguese write most, with slashes the Americans.
  #assume(separator: string): DateOrder {
    const order = separator === '-' ? 'day-first' : 'month-first'
    this.#assumed.add(order)
    return order
  }

  /** What a person should know, in words; undefined: nothing was assumed. */
  get doubt(): string | undefined {
    const [assumed, other] = this.#assumed
    if (assumed === undefined) return undefined
    const first = assumed === 'day-first' ? 'day' : 'month'
    const begin = `dates may begin with the day or the month, and none before them says which; the ${first} was taken`
    if (other !== undefined)
      return `${begin} where slashes part them, else the day`
    return this.#order && this.#order !== assumed
      ? `${begin}, and one further down says that it is the other`
      : begin
  }
}

let current = new Dates()

/** From now on, in this thread. */
export function readDatesOf(dates: Dates): void {
  current = dates
}

export function currentDates(): Dates {
  return current
}

const numeric =
  /(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}),?[T ]{1,2}\d{1,2}[:.]\d\d/g
const byYear = /(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/g

/**
 * What a text tells of the order of its dates: by those that can be read in one way only, else by dates that begin with the year
 * and stand beside them. `isAsked`: there are some that can be read in two.
 */
export function orderInText(text: string): {
  readonly order?: DateOrder
  readonly isAsked: boolean
} {
  const votes = { 'day-first': 0, 'month-first': 0 }
  const open: (readonly [a: number, b: number, year: string])[] = []
  for (const [, a, , b, year] of text.matchAll(numeric)) {
    const told = orderOf(Number(a), Number(b))
    if (told) votes[told]++
    else if (a !== b) open.push([Number(a), Number(b), year!])
  }
  const isAsked = open.length > 0
  const order = winner(votes)
  if (order || !isAsked) return { isAsked, ...(order && { order }) }
  const beside = winner(votesBeside(text, open))
  return { isAsked, ...(beside && { order: beside }) }
}

function winner(votes: Readonly<Record<DateOrder, number>>) {
  const [day, month] = [votes['day-first'], votes['month-first']]
  if (day === month) return undefined
  return day > month ? 'day-first' : 'month-first'
}

function votesBeside(
  text: string,
  open: readonly (readonly [number, number, string])[],
) {
  const days = new Set<string>()
  for (const [day] of text.matchAll(byYear)) days.add(day)
  const votes = { 'day-first': 0, 'month-first': 0 }
  const two = (n: number) => String(n).padStart(2, '0')
  for (const [a, b, year] of open) {
    if (days.has(`${year}-${two(b)}-${two(a)}`)) votes['day-first']++
    if (days.has(`${year}-${two(a)}-${two(b)}`)) votes['month-first']++
  }
  return votes
}
