// One thing that ties findings to each other, as it is written and as it is looked up.
import { type Digest, digest } from '../base/digest.ts'
import { plainGuids } from '../base/guid.ts'

export type TieKind =
  | 'process'
  | 'pid'
  | 'program'
  | 'session'
  | 'pipe'
  | 'endpoint'
  | 'file'
  | 'service'
  | 'from'
  | 'named'
  | 'command'

export interface Tie {
  /** Kind and thing: `process {747F3D96-…}`, `pipe \psexesvc`. */
  readonly text: string
  /** The same, quoted. */
  readonly json: string
  readonly digest: Digest
  /** It joins what lies in a file to what happened on a host, and nothing else: too many share it. */
  readonly crosses: boolean
  /** It is never used again: a process by its identity, a session, a file. */
  readonly lasts: boolean
}

const crossing: ReadonlySet<string> = new Set<TieKind>(['named', 'command'])
const lasting: ReadonlySet<string> = new Set<TieKind>([
  'process',
  'session',
  'file',
])

export function tieOf(text: string): Tie {
  const kind = text.slice(0, text.indexOf(' '))
  return {
    text,
    json: JSON.stringify(text),
    digest: digest(plainGuids(text)),
    crosses: crossing.has(kind),
    lasts: lasting.has(kind),
  }
}
