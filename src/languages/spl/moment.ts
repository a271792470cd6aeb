// Moments as a search writes them: `-24h@d`, `now`, an epoch in seconds, a date.
import type { Moment, TimeStep } from '../../ir/moment.ts'
import { parseSteps } from '../../meaning/moment.ts'
import { strptime } from '../../meaning/time-format.ts'

const dateFormats = [
  '%m/%d/%Y:%H:%M:%S',
  '%Y-%m-%dT%H:%M:%S',
  '%Y-%m-%dT%H:%M:%S.%Q',
  '%Y-%m-%dT%H:%M:%S%z',
  '%Y-%m-%dT%H:%M:%S.%Q%z',
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%d',
]

export function parseMoment(text: string): Moment | undefined {
  if (/^\d{1,12}(?:\.\d{1,9})?$/.test(text))
    return { anchor: Number(text), steps: [] }
  const steps = parseSteps(text)
  if (steps) return { anchor: 'now', steps }
  for (const format of dateFormats) {
    const anchor = strptime(text, format)
    if (anchor !== undefined) return { anchor, steps: [] }
  }
  return undefined
}

export function printMoment({ anchor, steps }: Moment): string {
  return `${anchor}${steps.map(printStep).join('')}`
}

function printStep(step: TimeStep): string {
  switch (step.kind) {
    case 'shift':
      return `${step.count < 0 ? '-' : '+'}${Math.abs(step.count)}${step.unit}`
    case 'snap':
      return `@${step.unit}`
    case 'weekday':
      return `@w${step.day}`
  }
}
