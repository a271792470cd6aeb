// `ipcwatch watch`: is IPC being abused now?
import { access, constants } from 'node:fs/promises'
import type { Server } from 'node:http'

import { Command } from 'commander'

import { plural } from '../base/shown.ts'

import { plainError } from '../readers/plain-error.ts'

import { expandPaths } from '../app/reading/expand.ts'
import type { RuleVerdict } from '../app/scan/verdict.ts'
import { configSchema, type WatchConfig } from '../app/watch/config/config.ts'
import type { Listening } from '../app/watch/intake/index.ts'
import { requestOf } from '../app/watch/plan.ts'
import { statusOf, type WatchStatus } from '../app/watch/status.ts'
import { askStatus, serveStatus } from '../app/watch/status-server.ts'
import { sensorsOf } from '../app/watch/sensors.ts'
import { Watch } from '../app/watch/watch.ts'

import { UnusableSensor } from '../sensors/index.ts'
import { everything } from '../sensors/scope.ts'

import { interruptions, Outcome, UsageError } from './exit.ts'
import { readNamedFile } from './named-file.ts'
import { ruleSources } from './options.ts'
import { openOutput, print } from './output.ts'
import { blindByReason, suppressedLines } from './print-summary.ts'
import { say, sayDiagnostic } from './say.ts'
import { Troubles } from './troubles.ts'
import { configOf } from './watch-config.ts'
import { addWatchOptions, type WatchFlags } from './watch-options.ts'

export function watchCommand(): Command {
  const command = new Command('watch')
    .description(
      'find IPC abuse as it happens: files that grow, what is sent here; "-" is standard input',
    )
    .argument('[paths...]', 'files and folders that are followed')
  return addWatchOptions(command).action(run)
}

async function run(paths: string[], flags: WatchFlags): Promise<void> {
  if (flags.schema) {
    print(JSON.stringify(configSchema(), null, 2))
    return new Outcome().finish()
  }
  if (flags.status) return await printStatus(flags)
  const outcome = new Outcome()
  const config = configOf(paths, flags)
  if (flags.check) {
    await checkPaths(config, outcome)
    print('the configuration is right')
    return outcome.finish()
  }
  const stats = flags.stats === undefined ? undefined : openOutput(flags.stats)
  const status = await watchAloud(config, flags, outcome)
  tellUnsent(status, config.state, outcome)
  stats?.write(`${JSON.stringify(status, null, 2)}\n`)
  stats?.flush()
  outcome.finish()
}

/** A watch waits for what is not there, and would wait for a mistyped path for ever. */
async function checkPaths(
  { paths = [] }: WatchConfig,
  outcome: Outcome,
): Promise<void> {
  const unusable = (message: string) => {
    say(message)
    outcome.note('unusable path', 'a watch would wait for what is named above')
  }
  for (const path of await expandPaths(paths, unusable)) {
    await access(path, constants.R_OK).catch((error) =>
      unusable(`${path}: ${plainError(error)}`),
    )
  }
}

async function watchAloud(
  config: WatchConfig,
  flags: WatchFlags,
  outcome: Outcome,
): Promise<WatchStatus> {
  const troubles = new Troubles()
  const signal = stopSignal()
  const watch = await Watch.open(askedBy(config, flags), {
    problem: (message) => troubles.tell(message),
    diagnostic: (d) => {
      sayDiagnostic(d)
      if (d.severity === 'error') outcome.note('rule error')
    },
  })
  process.on('SIGHUP', () => watch.reload())
  const servers = await serversOf(config, watch)
  tellBeginning(config, watch)
  try {
    await watch.run(signal)
  } finally {
    for (const server of servers) server.close()
  }
  troubles.end()
  const status = statusOf(watch)
  const verdicts = watch.parts.turns.judge.verdicts()
  judge(status, signal, outcome)
  tellRules(verdicts)
  if (status.events > 0 && verdicts.every(isBlind))
    outcome.note('all blind', allBlind)
  return status
}

function askedBy(config: WatchConfig, flags: WatchFlags) {
  const sources = ruleSources({
    rules: config.rules,
    builtin: config.builtin ?? true,
    placeholders: flags.placeholders,
  })
  const selection = {
    rules: [],
    techniques: config.techniques ?? [],
    ...(config.level && { minLevel: config.level }),
  }
  const request = requestOf(config, sources, selection, {
    shown: 1,
    readFile: (path: string) => readNamedFile(path, 'file'),
    stdin: process.stdin,
  })
  return {
    ...request,
    listening: [...request.listening, ...sensorsAsked(config, flags)],
    ...(flags.untilIdle !== undefined && { untilIdleMs: flags.untilIdle }),
  }
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
  const rules = plural(watch.parts.turns.judge.verdicts().length, 'rule')
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
  // While it lasts, what is not there may come.
  if (s.unusable > 0 && !signal.aborted)
    outcome.note('unusable path', 'named above; the rest was followed')
  const isPartial = s.sources.some(
    (o) => o.damaged > 0 || (o.format === null && o.bytes + o.behind > 0),
  )
  if (isPartial)
    outcome.note('incomplete', 'some of the input was not inspected')
}

/** A state keeps what could not be sent for the next run; without one it is gone. */
function tellUnsent(
  { outputs }: WatchStatus,
  state: string | undefined,
  outcome: Outcome,
): void {
  const unsent = outputs.filter((o) => !o.isDone && o.lastError !== null)
  if (!unsent.length || state !== undefined) return
  const names = unsent.map((o) => o.name).join(', ')
  outcome.note(
    'output closed',
    `not all findings could be sent to ${names}; without --state none waits`,
  )
}

const isBlind = ({ verdict }: RuleVerdict) => verdict.kind === 'blind'

/** What each could say of all that came. */
function tellRules(verdicts: readonly RuleVerdict[]): void {
  const fired = verdicts.filter((v) => v.verdict.kind === 'fired').length
  const blind = verdicts.flatMap(({ id, title, verdict }) =>
    verdict.kind === 'blind' ? [{ id, title, why: verdict.why }] : [],
  )
  const quiet = verdicts.length - fired - blind.length
  say(
    `rules: ${fired} fired, ${quiet} quiet, ${blind.length} blind, of ${verdicts.length}`,
  )
  const reasons = blindByReason(blind)
  for (const line of reasons.slice(0, reasonsShown)) say(`blind: ${line}`)
  const more = reasons.length - reasonsShown
  if (more > 0)
    say(
      `blind: for ${plural(more, 'more reason')}; a scan of the same with --stats FILE lists them`,
    )
}

/** A watch is read by people whose screen is full. */
const reasonsShown = 3

const allBlind = 'no rule in force could see what it asks for'

async function serversOf(config: WatchConfig, watch: Watch): Promise<Server[]> {
  const status = () => statusOf(watch)
  const { state, metrics } = config
  const places = [
    ...(state !== undefined ? [{ folder: state }] : []),
    ...(metrics ? [metrics] : []),
  ]
  const servers: Server[] = []
  try {
    for (const place of places) servers.push(await serveStatus(place, status))
  } catch (error) {
    for (const server of servers) server.close()
    await watch.close()
    throw error
  }
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
