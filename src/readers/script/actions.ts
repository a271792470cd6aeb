// What a script does as records: one for the script itself, one for each action. Names are those of the schema of events (group "script
// action").
import { createHash } from 'node:crypto'

import { type Provenance, provenance, type Value } from '../../base/record.ts'

import type { Action, ScriptReading } from '../../scripts/index.ts'

export interface ScriptAbout {
  readonly path?: string
  readonly hash?: string
  /** Where it lay: file, document, block, command line, captured. */
  readonly origin: string
}

export interface ScriptRecord {
  readonly provenance: Provenance
  readonly fields: { readonly [name: string]: Value }
  /** Of the action, in bytes of the script. */
  readonly offset: number
}

export function provenanceOf(language: string, kind: string): Provenance {
  return provenance('script', language, '', kind)
}

export function hashOf(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What of a script is asked: kinds of actions, and `script` for the script itself. */
export type WantedKinds = (kind: string) => boolean

/** The script first: also one that does nothing is there. */
export function* recordsOf(
  reading: ScriptReading,
  about: ScriptAbout,
  wants: WantedKinds = () => true,
): Generator<ScriptRecord> {
  const { language, actions, limits } = reading
  const kinds = [...new Set(actions.map((a) => a.kind))]
  const common: { [name: string]: Value } = {
    ScriptLanguage: language,
    ScriptOrigin: about.origin,
    ...(about.path !== undefined && { ScriptPath: about.path }),
    ...(about.hash !== undefined && { ScriptHash: about.hash }),
    ...(kinds.length && { ScriptActions: kinds }),
    ...(limits.length && { ScriptLimits: limits }),
  }
  if (wants('script')) {
    yield {
      provenance: provenanceOf(language, 'script'),
      offset: 0,
      fields: {
        ...common,
        ActionKind: 'script',
        ActionTarget: about.path ?? '',
        Obfuscation: reading.obfuscation,
      },
    }
  }
  for (const action of actions) {
    if (!wants(action.kind)) continue
    yield {
      provenance: provenanceOf(language, action.kind),
      offset: action.offset,
      fields: { ...common, ...fieldsOf(action) },
    }
  }
}

function fieldsOf(action: Action): { [name: string]: Value } {
  const { host, entry } = action
  return {
    ActionKind: action.kind,
    ActionTarget: action.target,
    ActionText: action.text,
    ActionSource: action.source,
    ActionOffset: action.offset,
    ActionLength: action.length,
    ActionLanguage: action.language,
    ActionDepth: action.depth,
    ActionHost: host ?? '',
    ActionEntry: entry ?? '',
    Obfuscation: action.obfuscation,
  }
}
