// What the schedule says of when something ran.
import { field, group } from './field.ts'

export const scheduleFields = group('schedule', {
  OutOfCycle: field(
    'text',
    'whether its process ran outside of maintenance: yes, no or unknown; by the schedule that is given',
    'yes',
    'schedule',
  ),
  OutOfCycleReason: field(
    'text',
    'what says so: windows, programs that manage, usual hours; or why it is unknown',
    'no window of host ws1 is open at Sat 2026-03-07T03:12:00.000+01:00 (patch night)',
    'schedule',
  ),
})
