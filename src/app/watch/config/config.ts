// `ipcwatch.yml`: what a watch follows, by which rules, and where findings go. Secrets stand in files of their own, never in it.
import type { Diagnostic } from '../../../base/diagnostic.ts'
import { zoneOf } from '../../../base/zone.ts'

import { type Level, levels } from '../../../ir/rule.ts'

import { readShaped, type Shape, schemaOf } from '../../../rule-text/shape.ts'

import { toldTime } from '../../told-time.ts'
import { type Address, address, duration, size } from './units.ts'

interface OutputFilter {
  readonly level?: Level
  readonly techniques?: readonly string[]
  readonly incidents?: boolean
}

export type OutputConfig = OutputFilter & {
  readonly terminal?: boolean
  readonly file?: string
  readonly rotate?: number
  readonly keep?: number
  readonly webhook?: string
  readonly 'secret-file'?: string
  readonly 'token-file'?: string
  readonly splunk?: string
  readonly elasticsearch?: string
  readonly 'authorization-file'?: string
  readonly index?: string
  readonly syslog?: SyslogTarget
  readonly format?: 'cef' | 'ecs' | 'ocsf' | 'json'
  readonly 'ca-file'?: string
}

export interface SyslogTarget extends Address {
  readonly tls: boolean
}

export interface ListenConfig {
  readonly http?: Address
  readonly tcp?: Address
  readonly unix?: string
  readonly stdin?: boolean
  readonly 'token-file'?: string
}

export interface CaptureConfig {
  readonly root?: string
  /** Only from the command line: images by their hosts. */
  readonly hostRoots?: Readonly<Record<string, string>>
  readonly folder?: string
}

export interface WatchConfig {
  readonly paths?: readonly string[]
  readonly rules?: readonly string[]
  readonly builtin?: boolean
  readonly baseline?: string
  readonly schedule?: string
  readonly suppressions?: readonly string[]
  readonly level?: Level
  readonly techniques?: readonly string[]
  readonly hosts?: readonly string[]
  readonly state?: string
  readonly lateness?: number
  /** In it are times of the input that state no offset. */
  readonly 'input-time-zone'?: string
  /** As it is written: it may be counted from now, which goes on. */
  readonly 'input-before'?: string
  readonly 'input-dates'?: 'day-first' | 'month-first'
  readonly listen?: readonly ListenConfig[]
  readonly sensors?: readonly string[]
  readonly outputs?: readonly OutputConfig[]
  readonly capture?: CaptureConfig
  readonly metrics?: Address
  readonly limits?: { readonly outbox?: number; readonly waiting?: number }
}

const text = (what: string, example?: string): Shape => ({
  kind: 'text',
  what,
  read: (t) => t,
  ...(example !== undefined && { example }),
})
const texts = (what: string): Shape => ({ kind: 'list', what, of: text(what) })
const durationOf = (what: string): Shape => ({
  kind: 'text',
  what: `${what}: a duration such as 5s, 10m or 1h`,
  read: duration,
  example: '5s',
})
const sizeOf = (what: string): Shape => ({
  kind: 'text',
  what: `${what}: a size such as 100MB or 1GB`,
  read: size,
  example: '100MB',
})
const addressOf = (what: string): Shape => ({
  kind: 'text',
  what: `${what}: an address such as 127.0.0.1:8088`,
  read: address,
  example: '127.0.0.1:8088',
})
const url = (what: string): Shape => ({
  kind: 'text',
  what: `${what}: an address that begins with http:// or https://`,
  read: (t) => (/^https?:\/\/\S+$/.test(t) && URL.canParse(t) ? t : undefined),
})
const choice = (what: string, choices: readonly string[]): Shape => ({
  kind: 'text',
  what: `${what}: one of ${choices.join(', ')}`,
  read: (t) => choices.find((c) => c === t),
  choices,
})
const level = choice('only findings of this level or above', levels)

const output: Shape = {
  kind: 'map',
  what: 'where findings go',
  oneOf: ['terminal', 'file', 'webhook', 'splunk', 'elasticsearch', 'syslog'],
  keys: {
    terminal: { kind: 'boolean', what: 'lines for people on standard output' },
    file: text('a file, one JSON object a line'),
    rotate: sizeOf('begin a new file when it is larger'),
    keep: {
      kind: 'text',
      what: 'files that are kept beside the one that is written: a number',
      read: (t) => (/^\d{1,4}$/.test(t) ? Number(t) : undefined),
    },
    webhook: url('a server that takes NDJSON'),
    'secret-file': text('a file with the secret that requests are signed with'),
    'token-file': text('a file with the token that is sent'),
    splunk: url("Splunk's HTTP Event Collector"),
    elasticsearch: url('Elasticsearch or OpenSearch'),
    'authorization-file': text('a file with the Authorization header'),
    index: text('the index to write to'),
    syslog: {
      kind: 'text',
      what: 'a syslog server: tcp://host:601 or tls://host:6514',
      read: syslogTarget,
      example: 'tls://logs.example:6514',
    },
    format: choice('the text of a message', ['cef', 'ecs', 'ocsf', 'json']),
    'ca-file': text('certificates to trust, as PEM'),
    level,
    techniques: texts('only findings of these techniques'),
    incidents: {
      kind: 'boolean',
      what: 'incidents as they grow, in place of findings',
    },
  },
}

const listen: Shape = {
  kind: 'map',
  what: 'who may send events here',
  oneOf: ['http', 'tcp', 'unix', 'stdin'],
  keys: {
    http: addressOf(
      'a server for lines, and in the shapes of Splunk HEC, Elastic bulk and OTLP logs',
    ),
    tcp: addressOf('a server for lines'),
    unix: text('a socket for lines'),
    stdin: { kind: 'boolean', what: 'lines on standard input' },
    'token-file': text('a file with the token that senders must know'),
  },
}

export const configShape: Shape = {
  kind: 'map',
  what: 'what ipcwatch watches',
  keys: {
    paths: texts(
      'files and folders that are followed; * and ? stand for parts of names',
    ),
    rules: texts('folders and files with rules'),
    builtin: { kind: 'boolean', what: 'use the rules that ipcwatch ships' },
    baseline: text(
      'a file that "ipcwatch baseline" wrote, by which it is said what is rare',
    ),
    schedule: text(
      'a file that says when hosts are maintained, and by which programs',
    ),
    suppressions: texts(
      'folders and files that say which findings not to tell',
    ),
    level: choice('only rules of this level or above', levels),
    techniques: texts('only rules of these techniques'),
    hosts: texts('only events of these hosts'),
    state: text('the folder for what must survive'),
    lateness: durationOf('how far events of a source may be out of order'),
    'input-time-zone': {
      kind: 'text',
      what: 'the zone of times that state no offset: UTC, local, +02:00 or a name such as Europe/Berlin',
      read: (t) => (zoneOf(t) ? t : undefined),
      example: 'Europe/Berlin',
    },
    'input-before': {
      kind: 'text',
      what: 'the time before which those that state no year lie: 2026-12-01, or counted from now as now and +1d are',
      read: (t) => (toldTime(t) === undefined ? undefined : t),
      example: 'now',
    },
    'input-dates': choice('with what dates such as 3/4/2026 begin', [
      'day-first',
      'month-first',
    ]),
    listen: { kind: 'list', what: 'who may send events here', of: listen },
    sensors: texts('sensors of this host: their names, or auto'),
    outputs: { kind: 'list', what: 'where findings go', of: output },
    capture: {
      kind: 'map',
      what: 'scripts that events name',
      keys: {
        root: text('read them below this folder: a mounted image, or /', '/'),
        folder: text('keep them in this folder, by their hash'),
      },
    },
    metrics: addressOf('/metrics, /healthz and /status'),
    limits: {
      kind: 'map',
      what: 'bounds on what waits',
      keys: {
        outbox: sizeOf('findings that wait for an output'),
        waiting: sizeOf('events that were accepted and wait to be judged'),
      },
    },
  },
}

function syslogTarget(t: string): SyslogTarget | undefined {
  const [, scheme, rest] = /^(tcp|tls):\/\/(\S+)$/.exec(t) ?? []
  const at = rest === undefined ? undefined : address(rest)
  return at && { ...at, tls: scheme === 'tls' }
}

export function configSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ipcwatch.yml',
    ...schemaOf(configShape),
  }
}

/** What is wrong comes as diagnostics with places; what is right is read all the same. */
export function readConfig(
  text: string,
  file: string,
): { config: WatchConfig; diagnostics: readonly Diagnostic[] } {
  const codes = { syntax: 'W001', shape: 'W002' }
  const { value, diagnostics } = readShaped(configShape, text, file, codes)
  return { config: (value ?? {}) as WatchConfig, diagnostics }
}
