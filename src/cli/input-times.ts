// How times of the input are read that do not say all of themselves.
import { type Command, Option } from 'commander'

import type { LocalTimes } from '../base/local-time.ts'

import { addScope, inputZoneOption, readTime } from './options.ts'

/** How times are read that do not say all of themselves: all that read events have these alike. `readBefore`: what is kept of that time. */
export function addInputTimes(
  command: Command,
  readBefore: (value: string) => number | string = readTime,
): Command {
  return command
    .addOption(inputZoneOption())
    .option(
      '--input-before <time>',
      'times in the input that state no year (syslog, journalctl) are the last such before this; without it they are none',
      readBefore,
    )
    .addOption(
      new Option(
        '--input-dates <order>',
        'dates in the input such as 3/4/2026 begin with this (default: what the dates of each file tell)',
      ).choices(['day-first', 'month-first']),
    )
}

export interface InputTimeFlags {
  readonly inputTimeZone?: string
  readonly inputBefore?: number
  readonly inputDates?: 'day-first' | 'month-first'
}

export function localTimesOf(flags: InputTimeFlags): {
  readonly localTimes?: LocalTimes
} {
  const { inputTimeZone: zone, inputBefore: before, inputDates: order } = flags
  const localTimes = {
    ...(zone && { zone }),
    ...(before !== undefined && { before }),
    ...(order && { order }),
  }
  return Object.keys(localTimes).length ? { localTimes } : {}
}

/** Which events, and how their times are read. */
export function addInput(command: Command): Command {
  return addInputTimes(addScope(command))
}
