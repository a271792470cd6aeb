// What a watch is to do: what is written, and before it what is said on the command line.
import { readConfig, type WatchConfig } from '../app/watch/config/config.ts'
import { defaultPaths } from '../app/watch/defaults.ts'

import { UsageError } from './exit.ts'
import { readNamedFile } from './named-file.ts'
import { rootsOf } from './options.ts'
import { say, sayDiagnostic } from './say.ts'
import type { WatchFlags } from './watch-options.ts'

/** Throws where it says something that it cannot. */
export function configOf(paths: string[], flags: WatchFlags): WatchConfig {
  return withFlags(writtenIn(flags), paths, flags)
}

function writtenIn({ config: file }: WatchFlags): WatchConfig {
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
    paths: isNothing ? usualPaths(sensors) : named,
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
    ...(f.inputTimeZone && { 'input-time-zone': f.inputTimeZone }),
    ...(f.inputBefore && { 'input-before': f.inputBefore }),
    ...(f.inputDates && { 'input-dates': f.inputDates }),
    capture: {
      ...config.capture,
      ...rootsOf(f.root ?? []),
      ...(f.capture !== undefined && { folder: f.capture }),
    },
  }
}

function usualPaths(sensors: readonly string[]): readonly string[] {
  const { readable, closed, absent } = defaultPaths(sensors)
  for (const path of closed)
    say(`"${path}" may not be read by this user: its events are not seen`)
  for (const path of absent)
    say(`"${path}" is not there: its events are not seen`)
  if (readable.length || sensors.length) return readable
  throw new UsageError(
    'nothing to watch: name files or folders, or --sensors, --http, --tcp, --unix',
    'no path',
  )
}

function sensorNames({ sensors }: WatchFlags): string[] | undefined {
  if (typeof sensors !== 'string') return undefined
  return sensors.split(',').map((name) => name.trim())
}
