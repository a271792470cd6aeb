// From a configuration to what a watch is asked.
import type { LocalTimes } from '../../base/local-time.ts'

import type { RuleSources } from '../../content/load.ts'

import type { RuleSelection } from '../rules/selection.ts'
import type { CaptureRequest } from '../scripts/capture.ts'
import { toldTime } from '../told-time.ts'
import type {
  CaptureConfig,
  ListenConfig,
  OutputConfig,
  WatchConfig,
} from './config/config.ts'
import type { Listening } from './intake/index.ts'
import { type Opening, openOutput } from './outputs/index.ts'
import type { WatchRequest } from './request.ts'

const defaults = {
  latenessMs: 5_000,
  maxOutboxBytes: 1024 ** 3,
  maxWaitingBytes: 256 * 1024 ** 2,
}

/** Throws where a file that is named cannot be read, or an output cannot be opened. */
export function requestOf(
  config: WatchConfig,
  rules: RuleSources,
  selection: RuleSelection,
  opening: Opening & { readonly stdin: NodeJS.ReadStream },
): WatchRequest {
  const outputs: readonly OutputConfig[] = config.outputs ?? [
    { terminal: true },
  ]
  return {
    paths: config.paths ?? [],
    rules,
    selection,
    hosts: config.hosts ?? [],
    ...(config.capture && { capture: captureOf(config.capture) }),
    suppressions: config.suppressions ?? [],
    listening: (config.listen ?? []).map((l) => listeningOf(l, opening)),
    outputs: outputs.map((o) => ({
      output: openOutput(o, opening),
      filter: {
        ...(o.level && { minLevel: o.level }),
        ...(o.techniques && { techniques: o.techniques }),
        ...(o.incidents && { incidents: true }),
      },
    })),
    ...(config.baseline !== undefined && { baseline: config.baseline }),
    ...(config.schedule !== undefined && { schedule: config.schedule }),
    localTimes: () => inputTimesOf(config),
    latenessMs: config.lateness ?? defaults.latenessMs,
    ...(config.state !== undefined && { state: config.state }),
    maxOutboxBytes: config.limits?.outbox ?? defaults.maxOutboxBytes,
    maxWaitingBytes: config.limits?.waiting ?? defaults.maxWaitingBytes,
  }
}

/** How times of the input are read, now. */
function inputTimesOf(config: WatchConfig): LocalTimes {
  const before = config['input-before']
  const ms = before === undefined ? undefined : toldTime(before)
  const { 'input-time-zone': zone, 'input-dates': order } = config
  return {
    ...(zone && { zone }),
    ...(ms !== undefined && { before: ms }),
    ...(order && { order }),
  }
}

function captureOf({ root, hostRoots, folder }: CaptureConfig): CaptureRequest {
  return {
    ...(root !== undefined && { root }),
    ...(hostRoots && { hostRoots }),
    ...(folder !== undefined && { store: folder }),
  }
}

function listeningOf(
  { http, tcp, unix, 'token-file': tokenFile }: ListenConfig,
  { readFile, stdin }: Opening & { readonly stdin: NodeJS.ReadStream },
): Listening {
  if (http) {
    const token =
      tokenFile === undefined ? undefined : readFile(tokenFile).trim()
    return { kind: 'http', ...http, ...(token !== undefined && { token }) }
  }
  if (tcp) return { kind: 'tcp', ...tcp }
  if (unix !== undefined) return { kind: 'unix', path: unix }
  return { kind: 'stdin', stream: stdin }
}
