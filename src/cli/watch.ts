// `ipcwatch watch`: is IPC being abused now?
import type { Server } from 'node:http'

import { Command, InvalidArgumentError } from 'commander'

import { readLocalTimesIn } from '../base/local-time.ts'
import { plural } from '../base/shown.ts'

import type { Level } from '../ir/rule.ts'

import {
  configSchema,
  readConfig,
  type WatchConfig,
} from '../app/watch/config/config.ts'
import { type Address, address, duration } from '../app/watch/config/units.ts'
import { defaultPaths } from '../app/watch/defaults.ts'
import type { Listening } from '../app/watch/intake/index.ts'
import { requestOf } from '../app/watch/plan.ts'
import { statusOf, type WatchStatus } from '../app/watch/status.ts'
import { askStatus, serveStatus } from '../app/watch/status-server.ts'
import { sensorsOf, UnusableSensor } from '../app/watch/sensors.ts'
import { Watch } from '../app/watch/watch.ts'

import { everything, type Scope } from '../sensors/scope.ts'

import { interruptions, Outcome, UsageError } from './exit.ts'
import { readNamedFile } from './named-file.ts'
import {
  addCapture,
  rootsOf,
  baselineOption,
  builtinOption,
  type CaptureFlags,
  collect,
  inputZoneOption,
  placeholdersOption,
  readPlaceholders,
  rulesOption,
  scheduleOption,
  suppressOption,
} from './options.ts'
import { openOutput, print } from './output.ts'
import { suppressedLines } from './print-summary.ts'
import { say, sayDiagnostic } from './say.ts'
import { auditRulesOption, auditUserOption, readScopeFlag } from './sensors.ts'
import { readLevel } from './selection-options.ts'
import { Troubles } from './troubles.ts'

interface WatchFlags extends CaptureFlags {
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
}

export function watchCommand(): Command {
  const command = new Command('watch')
    .description(
      'find IPC abuse as it happens: files that grow, what is sent here; "-" is standard input',
    )
    .argument('[paths...]', 'files and folders that are followed')
  return addCapture(addSources(addState(command)))
    .option(
      '--out <file>',
      'append findings to this file, one JSON object a line',
    )
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .addOption(baselineOption())
    .addOption(scheduleOption())
    .addOption(suppressOption())
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
    .addOption(inputZoneOption())
    .action(run)
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

async function run(paths: string[], flags: WatchFlags): Promise<void> {
  if (flags.schema) {
    print(JSON.stringify(configSchema(), null, 2))
    return new Outcome().finish()
  }
  if (flags.status) return await printStatus(flags)
  const outcome = new Outcome()
  const config = withFlags(configOf(flags), paths, flags)
  readLocalTimesIn(flags.inputTimeZone ?? config['input-time-zone'])
  if (flags.check) {
    print('the configuration is right')
    return outcome.finish()
  }
  const stats = flags.stats === undefined ? undefined : openOutput(flags.stats)
  const status = await watchAloud(config, flags, outcome)
  stats?.write(`${JSON.stringify(status, null, 2)}\n`)
  stats?.flush()
  outcome.finish()
}

async function watchAloud(
  config: WatchConfig,
  flags: WatchFlags,
  outcome: Outcome,
): Promise<WatchStatus> {
  const troubles = new Troubles()
  const signal = stopSignal()
  const out = openOutput(undefined)
  const opening = {
    write: (text: string) => {
      out.write(`${text}\n`)
      out.flush()
    },
    readFile: (path: string) => readNamedFile(path, 'file'),
    stdin: process.stdin,
  }
  const placeholders = readPlaceholders(flags.placeholders)
  const request = requestOf(
    config,
    {
      paths: config.rules ?? [],
      builtin: config.builtin ?? true,
      ...(placeholders && { placeholders }),
    },
    {
      rules: [],
      techniques: config.techniques ?? [],
      ...(config.level && { minLevel: config.level }),
    },
    opening,
  )
  const watch = await Watch.open(
    {
      ...request,
      listening: [...request.listening, ...sensorsAsked(config, flags)],
      ...(flags.untilIdle !== undefined && { untilIdleMs: flags.untilIdle }),
    },
    {
      problem: (message) => troubles.tell(message),
      diagnostic: (d) => {
        sayDiagnostic(d)
        if (d.severity === 'error') outcome.note('rule error')
      },
    },
  )
  process.on('SIGHUP', () => watch.reload())
  const servers = await serversOf(config, watch)
  tellBeginning(config, watch)
  await watch.run(signal)
  for (const server of servers) server.close()
  troubles.end()
  const status = statusOf(watch)
  judge(status, signal, outcome)
  return status
}

function sensorNames({ sensors }: WatchFlags): string[] | undefined {
  if (typeof sensors !== 'string') return undefined
  return sensors.split(',').map((name) => name.trim())
}

function sensorsAsked(
  config: WatchConfig,
  flags: WatchFlags,
): readonly Listening[] {
  const names = config.sensors ?? []
  if (!names.length) return []
  const wanted = {
    names,
    scope: flags.scope ?? everything,
    options: {
      audit: [
        ...(flags.auditRules ? ['--audit-rules', flags.auditRules] : []),
        ...(flags.auditUser !== undefined
          ? ['--audit-user', String(flags.auditUser)]
          : []),
      ],
    },
    program: [process.execPath, ...process.execArgv, process.argv[1]!],
  }
  try {
    return sensorsOf(wanted, (name, why) => say(`sensor ${name}: ${why}`))
  } catch (error) {
    if (error instanceof UnusableSensor) throw new UsageError(error.message)
    throw error
  }
}

function tellBeginning(config: WatchConfig, watch: Watch): void {
  const rules = plural(watch.parts.turns.judge.inForce.rules.length, 'rule')
  const paths = (config.paths ?? []).map((p) => `"${p}"`)
  const all = [...paths, ...watch.parts.intakes.all.map((i) => i.name)]
  say(`watching ${all.join(', ')} with ${rules}`)
}

function judge(s: WatchStatus, signal: AbortSignal, outcome: Outcome): void {
  say(
    `${plural(s.events, 'event')}, ${s.late} late, ${plural(s.findings, 'finding')}`,
  )
  for (const line of suppressedLines(s.suppressed)) say(`suppressed: ${line}`)
  for (const o of s.outputs) {
    const left = o.isDone ? '' : ', more wait'
    if (o.lastError !== null)
      say(
        `${o.name}: ${o.sent} sent${left}; ${plural(o.failures, 'failure')}, the last: ${o.lastError}`,
      )
  }
  if (s.findings > 0) outcome.note('findings')
  else if (signal.aborted && signal.reason !== 'SIGTERM') {
    outcome.note('interrupted', 'nothing was found until then')
  }
  if (s.rules === 0)
    outcome.note('no rule in force', 'there is none to judge by')
  else if (s.events === 0 && !signal.aborted) {
    outcome.note(
      'nothing read',
      'there is nothing of which "clean" could be said',
    )
  } else if (
    s.events > 0 &&
    s.sources.every((o) => o.strange === o.events + o.skipped)
  ) {
    outcome.note('unknown shapes', 'no record is of a shape that rules know')
  }
  const isPartial = s.sources.some(
    (o) => o.damaged > 0 || (o.format === null && o.bytes > 0),
  )
  if (isPartial)
    outcome.note('incomplete', 'some of the input was not inspected')
}

async function serversOf(config: WatchConfig, watch: Watch): Promise<Server[]> {
  const status = () => statusOf(watch)
  const { state, metrics } = config
  const places = [
    ...(state !== undefined ? [{ folder: state }] : []),
    ...(metrics ? [metrics] : []),
  ]
  const servers: Server[] = []
  for (const place of places) servers.push(await serveStatus(place, status))
  return servers
}

async function printStatus({ state }: WatchFlags): Promise<void> {
  if (state === undefined)
    throw new UsageError('--status: which watch? name its --state folder')
  try {
    print((await askStatus(state)).trimEnd())
  } catch (error) {
    throw new UsageError(
      `no watch runs with "${state}": ${(error as Error).message}`,
    )
  }
  new Outcome().finish()
}

function configOf({ config: file }: WatchFlags): WatchConfig {
  if (file === undefined) return {}
  const { config, diagnostics } = readConfig(
    readNamedFile(file, 'configuration'),
    file,
  )
  for (const d of diagnostics) sayDiagnostic(d)
  if (diagnostics.length) throw new UsageError(`"${file}" is not right`)
  return config
}

/** What is said on the command line comes before what is written. */
function withFlags(
  config: WatchConfig,
  paths: string[],
  f: WatchFlags,
): WatchConfig {
  const files = paths.filter((p) => p !== '-')
  const listen = [
    ...(config.listen ?? []),
    ...(f.http ? [{ http: f.http }] : []),
    ...(f.tcp ? [{ tcp: f.tcp }] : []),
    ...(f.unix !== undefined ? [{ unix: f.unix }] : []),
    ...(paths.includes('-') ? [{ stdin: true }] : []),
  ]
  const named = [...(config.paths ?? []), ...files]
  const asked = f.sensors === false ? [] : (sensorNames(f) ?? config.sensors)
  const isNothing = !named.length && !listen.length && !asked?.length
  // Where nothing is named, what this host can tell.
  const sensors = asked ?? (isNothing ? ['auto'] : [])
  return {
    ...config,
    paths: isNothing ? usualPaths(sensors.length > 0) : named,
    listen,
    sensors,
    rules: [...(config.rules ?? []), ...(f.rules ?? [])],
    builtin: f.builtin && (config.builtin ?? true),
    suppressions: [...(config.suppressions ?? []), ...(f.suppress ?? [])],
    ...(f.out !== undefined && {
      outputs: [...(config.outputs ?? []), { file: f.out }],
    }),
    ...(f.minLevel && { level: f.minLevel }),
    ...(f.technique && { techniques: f.technique }),
    ...(f.host && { hosts: f.host }),
    ...(f.baseline !== undefined && { baseline: f.baseline }),
    ...(f.schedule !== undefined && { schedule: f.schedule }),
    ...(f.state !== undefined && { state: f.state }),
    ...(f.lateness !== undefined && { lateness: f.lateness }),
    ...(f.metrics && { metrics: f.metrics }),
    capture: {
      ...config.capture,
      ...rootsOf(f.root ?? []),
      ...(f.capture !== undefined && { folder: f.capture }),
    },
  }
}

function usualPaths(mayBeNone: boolean): readonly string[] {
  const { readable, closed, absent } = defaultPaths()
  for (const path of closed)
    say(`"${path}" may not be read by this user: its events are not seen`)
  for (const path of absent)
    say(`"${path}" is not there: its events are not seen`)
  if (readable.length || mayBeNone) return readable
  throw new UsageError(
    'nothing to watch: name files or folders, or --sensors, --http, --tcp, --unix',
    'no path',
  )
}

/** SIGTERM is how services are stopped, and no interruption. */
function stopSignal(): AbortSignal {
  const stop = new AbortController()
  const interrupted = interruptions()
  interrupted.addEventListener('abort', () => stop.abort('SIGINT'), {
    once: true,
  })
  process.on('SIGTERM', () => stop.abort('SIGTERM'))
  return stop.signal
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
