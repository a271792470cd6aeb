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

const crossing: ReadonlySet<TieKind> = new Set(['named', 'command'])
const lasting: ReadonlySet<TieKind> = new Set(['process', 'session', 'file'])

/** What all ties of a kind have in common. */
interface OfKind {
  /** The kind, and a space. */
  readonly begin: string
  readonly digest: Digest
  readonly crosses: boolean
  readonly lasts: boolean
}

const kinds = new Map<TieKind, OfKind>()

function ofKind(kind: TieKind): OfKind {
  let known = kinds.get(kind)
  if (!known) {
    const begin = `${kind} `
    known = {
      begin,
      digest: digest(begin),
      crosses: crossing.has(kind),
      lasts: lasting.has(kind),
    }
    kinds.set(kind, known)
  }
  return known
}

export function tieTo(kind: TieKind, thing: string): Tie {
  const { begin, digest: begun, crosses, lasts } = ofKind(kind)
  const text = begin + thing
  return {
    text,
    json: escaped.test(thing) ? JSON.stringify(text) : `"${text}"`,
    digest: digest(kind === 'process' ? plainGuids(thing) : thing, begun),
    crosses,
    lasts,
  }
}

/** What JSON does not write as it is; the surrogates of a pair are among it. */
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/

/** As it is written. */
export function tieOf(text: string): Tie {
  const space = text.indexOf(' ')
  return tieTo(text.slice(0, space) as TieKind, text.slice(space + 1))
}
