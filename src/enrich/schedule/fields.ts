// What the schedule says of an event. Without a schedule nothing can be out of cycle, and it is said why.
import type { Value } from '../../base/record.ts'

import type { OutOfCycle } from './schedule.ts'

export const cycleField = 'OutOfCycle'
const reasonField = 'OutOfCycleReason'

export const cycleFields: readonly string[] = [cycleField, reasonField]

export const noSchedule = 'no schedule is given (--schedule FILE)'

export function cycleFieldsOf({
  out,
  reason,
}: OutOfCycle): Readonly<Record<string, Value>> {
  return { [cycleField]: out, [reasonField]: reason }
}
