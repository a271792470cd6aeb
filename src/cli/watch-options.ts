// What is said to a watch on the command line.
import { type Command, InvalidArgumentError } from 'commander'

import type { Level } from '../ir/rule.ts'

import { type Address, address, duration } from '../app/watch/config/units.ts'

import type { Scope } from '../sensors/scope.ts'

import {
  addCapture,
  addRules,
  type CaptureFlags,
  collect,
  readTime,
} from './options.ts'
import { addInputTimes } from './input-times.ts'
import { readLevel } from './selection-options.ts'
import { auditRulesOption, auditUserOption, readScopeFlag } from './sensors.ts'

export interface WatchFlags extends CaptureFlags {
  readonly config?: string
  readonly check?: boolean
  readonly schema?: boolean
  readonly status?: boolean
  readonly state?: string
  readonly out?: string
  readonly untilIdle?: number
  readonly lateness?: number
  readonly http?: Address
  readonly tcp?: Address
  readonly unix?: string
  readonly metrics?: Address
  readonly sensors?: string | false
  readonly scope?: Scope
  readonly auditRules?: 'apply'
  readonly auditUser?: number
  readonly minLevel?: Level
  readonly technique?: string[]
  readonly host?: string[]
  readonly rules?: string[]
  readonly builtin: boolean
  readonly placeholders?: string
  readonly baseline?: string
  readonly schedule?: string
  readonly suppress?: string[]
  readonly stats?: string
  readonly inputTimeZone?: string
  readonly inputBefore?: string
  readonly inputDates?: 'day-first' | 'month-first'
}

export function addWatchOptions(command: Command): Command {
  const sources = addCapture(addSources(addState(command)))
  const told = addInputTimes(sources, readMoving).option(
    '--out <file>',
    'append findings to this file, one JSON object a line',
  )
  return addRules(told)
    .option(
      '--min-level <level>',
      'only rules of this level or above',
      readLevel,
    )
    .option(
      '--technique <id>',
      'only rules of this ATT&CK technique and below (repeatable)',
      collect,
    )
    .option('--host <name>', 'only events of this host (repeatable)', collect)
    .option('--stats <file>', 'write the numbers as JSON when it ends')
}

/** As it is written: what is counted from now goes on with the clock. */
function readMoving(value: string): string {
  readTime(value)
  return value
}

function addState(command: Command): Command {
  return command
    .option('--config <file>', 'read what to do from this file (ipcwatch.yml)')
    .option('--check', 'only say whether the configuration is right')
    .option('--schema', 'print the JSON Schema of the configuration')
    .option(
      '--state <dir>',
      'keep here what must survive; another run goes on where this one stopped',
    )
    .option('--status', 'ask the watch that runs with this --state how it does')
    .option(
      '--until-idle <seconds>',
      'end when nothing came for so long',
      readDuration,
    )
    .option(
      '--lateness <time>',
      'how far events of a source may be out of order (default: 5s)',
      readDuration,
    )
}

function addSources(command: Command): Command {
  return command
    .option(
      '--http <address>',
      'take events over HTTP: lines, Splunk HEC, Elastic bulk, OTLP',
      readAddress,
    )
    .option('--tcp <address>', 'take lines over TCP', readAddress)
    .option('--unix <path>', 'take lines on a UNIX socket')
    .option(
      '--metrics <address>',
      'answer /metrics, /healthz and /status here',
      readAddress,
    )
    .option(
      '--sensors <names>',
      'which sensors of this host to run, with commas between them; "auto": those that can',
    )
    .option('--no-sensors', 'leave out the sensors of this host')
    .option(
      '--scope <what>',
      'of sensors, only these processes: pid:N with all that it starts, or cgroup:/path',
      readScopeFlag,
    )
    .addOption(auditRulesOption())
    .addOption(auditUserOption())
}

function readDuration(value: string): number {
  const ms = duration(value)
  if (ms === undefined)
    throw new InvalidArgumentError(
      'expected a time such as 5s, 500ms or 10m; a number alone counts seconds.',
    )
  return ms
}

function readAddress(value: string): Address {
  const at = address(value)
  if (at) return at
  throw new InvalidArgumentError(
    'expected an address such as 127.0.0.1:8088, or a port.',
  )
}
