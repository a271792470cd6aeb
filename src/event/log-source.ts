// Where an event is from, in Sigma's three parts. A part is known (perhaps to be nothing), or not known:
// a rule runs unless a part that it states conflicts with what is known of the event.

/** What a rule states. Compared exactly, as written. */
export interface LogSourceSelector {
  readonly product?: string
  readonly category?: string
  readonly service?: string
}

/** What is known of an event. undefined: not known. An empty list: known to be none. Equal ones are one object. */
export interface LogSource {
  /** Dense, from 0, in order of first use in this process. */
  readonly id: number
  readonly product: string | undefined
  readonly category: readonly string[] | undefined
  readonly service: readonly string[] | undefined
}

const interned = new Map<string, LogSource>()

/** Flat JSON may name any log source it likes. Of an event beyond these bounds it is not known: every rule meets it. */
const maxInterned = 8192
/** UTF-16 units of the three parts as JSON. */
const maxUnits = 512

export function logSource(
  product: string | undefined,
  category: readonly string[] | undefined,
  service: readonly string[] | undefined,
): LogSource {
  const key = JSON.stringify([product, category, service])
  const known = interned.get(key)
  if (known) return known
  if (interned.size >= maxInterned || key.length > maxUnits)
    return unknownLogSource
  const source = { id: interned.size, product, category, service }
  interned.set(key, source)
  return source
}

export const unknownLogSource: LogSource = logSource(
  undefined,
  undefined,
  undefined,
)

export function conflicts(
  stated: LogSourceSelector,
  event: LogSource,
): boolean {
  return (
    (stated.product !== undefined &&
      event.product !== undefined &&
      stated.product !== event.product) ||
    (stated.category !== undefined &&
      event.category !== undefined &&
      !event.category.includes(stated.category)) ||
    (stated.service !== undefined &&
      event.service !== undefined &&
      !event.service.includes(stated.service))
  )
}

/** `windows/pipe_created`, `linux/-/auditd`; `any` where nothing is stated. */
export function printSelector(s: LogSourceSelector): string {
  if (!s.product && !s.category && !s.service) return 'any'
  const parts = [s.product ?? '-', s.category ?? '-']
  if (s.service) parts.push(s.service)
  return parts.join('/')
}

/** The three parts as an object; of several categories the most specific, which tables list last. */
export function logSourceJson(source: LogSource): {
  product?: string
  category?: string
  service?: string
} {
  const { product } = source
  const category = source.category?.at(-1)
  const service = source.service?.at(-1)
  return {
    ...(product !== undefined && { product }),
    ...(category !== undefined && { category }),
    ...(service !== undefined && { service }),
  }
}
