// Flags that several commands share, and how their values are read.
import { InvalidArgumentError, Option } from 'commander'

import { parseTime } from '../base/time.ts'

import { type Level, levels } from '../ir/rule.ts'

export function collect(
  value: string,
  before: readonly string[] = [],
): string[] {
  return [...before, value]
}

export const rulesOption = () =>
  new Option(
    '--rules <path>',
    'also load the rules of this folder or file (repeatable)',
  )
    .argParser(collect)
    .default([])

export const builtinOption = () =>
  new Option('--no-builtin', 'leave out the rules that ipcwatch ships')

export function readLevel(value: string): Level {
  const found = levels.find((l) => l === value.toLowerCase())
  if (!found)
    throw new InvalidArgumentError(`expected one of ${levels.join(', ')}.`)
  return found
}

export function readTime(value: string): number {
  const ms = parseTime(value)
  if (ms === undefined) {
    throw new InvalidArgumentError(
      'expected a time such as 2026-01-31T12:00:00Z (UTC where no zone is written).',
    )
  }
  return ms
}

export function readCount(value: string): number {
  if (!/^\d{1,6}$/.test(value))
    throw new InvalidArgumentError('expected a whole number.')
  return Number(value)
}

export function readOnOff(value: string): boolean {
  if (value !== 'on' && value !== 'off')
    throw new InvalidArgumentError('expected "on" or "off".')
  return value === 'on'
}
