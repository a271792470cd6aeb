// Time modifiers among the conditions of a search: `earliest=-24h`, and as it was written before, `starthoursago=24`.

export interface TimeModifier {
  readonly which: 'earliest' | 'latest'
  /** As `earliest=` writes it. */
  readonly moment: string
}

const agoUnits: Readonly<Record<string, string>> = {
  minutes: 'm',
  hours: 'h',
  days: 'd',
  months: 'mon',
}
const old = /^(start|end)(?:(minutes|hours|days|months)ago|timeu)$/

export function isTimeModifier(field: string): boolean {
  return field === 'earliest' || field === 'latest' || old.test(field)
}

/** Splunk's Search Reference, "Time modifiers". */
export function timeModifier(
  field: string,
  text: string,
): TimeModifier | undefined {
  if (field === 'earliest' || field === 'latest')
    return { which: field, moment: text }
  const m = old.exec(field)
  if (!m || !/^\d{1,12}$/.test(text)) return undefined
  const unit = m[2] && agoUnits[m[2]]
  return {
    which: m[1] === 'start' ? 'earliest' : 'latest',
    moment: unit ? `-${text}${unit}` : text,
  }
}
