// What is known of JSON objects by their names alone: who writes such objects, and what each name means.
import type { KnownLine } from '../alike-lines/alike-lines.ts'
import { HeaderReader } from '../auditd/header.ts'
import type { Fields } from '../flat/fields.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { KeyTree } from '../flat/key-tree.ts'
import { type Layout, layoutOf } from '../flat/shapes.ts'
import { isHostName } from '../inside/beside.ts'
import { type Kind, Opener } from '../inside/opener.ts'
import { mayBeTyped, untyped } from '../inside/typed-values.ts'
import { type Dialect, Names, type Plan } from './dialect.ts'
import { hints } from './dialects/hints.ts'
import { dialects } from './dialects/index.ts'
import { unknown } from './dialects/unknown.ts'
import { envelopeOf, kibanaDocument, withoutEnvelope } from './envelope.ts'

/** What is known of records with one list of names. */
export class Known {
  readonly names: Names
  readonly dialect: Dialect
  readonly plan: Plan
  /** What their names begin with. */
  readonly envelope: string
  /** Of a mapping only. */
  readonly layout: Layout | undefined
  /** It may say the same in another way, which is looked at: see `plainerObject`. */
  readonly mayBePlainer: boolean
  /** Positions of the members that may hold a text with events; undefined: any may hold some. */
  readonly carriers: readonly number[] | undefined
  /** Which source heard of it last: by number, so that none is held by what it read. */
  shownTo = 0
  #asUnknown: Known | undefined
  #namesHost: boolean | undefined

  constructor(names: Names, dialect: Dialect, envelope: string) {
    this.names = names
    this.dialect = dialect
    this.envelope = envelope
    this.plan = dialect.plan(names)
    this.mayBePlainer =
      names.list.some((n) => /^fields(?:\.|$)/.test(n)) ||
      mayBeTyped(names.list)
    this.layout =
      this.plan.kind === 'mapping' ? layoutOf(this.plan.columns) : undefined
    this.carriers =
      dialect.carries === 'anywhere' ? undefined : carriersOf(names, dialect)
  }

  /** A host that alone stands beside adds nothing where the record names one. */
  saysMore(beside: Fields): boolean {
    this.#namesHost ??= this.names.list.some(isHostName)
    for (const name in beside) if (name !== 'host') return false
    return this.#namesHost
  }

  asUnknown(): Known {
    this.#asUnknown ??= new Known(this.names, unknown, this.envelope)
    return this.#asUnknown
  }
}

/** Members that are made for the text of an event; in others an attacker's text may stand. */
const textMembers =
  /(?:^|[._])(?:message|messages|original|raw|log|line|msg|body|xml|text|syslogmessage|rawxml|eventxml|xml_?string|raw_?(?:log|data|event|message)|full_log|payload)$/i

function carriersOf(names: Names, { carries }: Dialect): readonly number[] {
  if (carries !== 'named') return []
  return names.list.flatMap((name, i) => (textMembers.test(name) ? [i] : []))
}

// One for all files of the process, so that records of two files share a shape.
export const objects = new KeyTree<Known>((list) => {
  const envelope = envelopeOf(list)
  const names = new Names(withoutEnvelope(list, envelope))
  const dialect = dialects.find((d) => d.recognises(names)) ?? unknown
  return new Known(names, dialect, envelope)
})

export function kindOf(object: JsonObject): Kind {
  const known = objects.flatten(object)
  const { dialect, plan } = known
  if (dialect === unknown && known.mayBePlainer) {
    const plain = untyped(object)
    if (plain) return kindOf(plain)
  }
  if (dialect === unknown) return 'unknown'
  return dialect === hints || plan.kind === 'piece' ? 'maybe' : 'event'
}

/** What a document of Kibana or values with their types say, as any other object would. undefined: it is neither. */
export function plainerObject(object: JsonObject): JsonObject | undefined {
  const document = kibanaDocument(object)
  return untyped(document ?? object) ?? document
}

/** Is it an event that a dialect knows, or does it hold one? */
export function looksLikeEvent(object: JsonObject): boolean {
  if (kindOf(object) !== 'unknown') return true
  return new Opener(kindOf, new HeaderReader()).open(object) !== undefined
}

/** Of rows whose cells are the values of a record as they stand; undefined: their names say otherwise. */
export function knownOfColumns(columns: readonly string[]): Known | undefined {
  const known = objects.flatten(
    Object.fromEntries(columns.map((name, i) => [name, `${i}`])),
  )
  const isAsItStands =
    known.plan.kind === 'mapping' &&
    known.names.list.length === columns.length &&
    columns.every((_, i) => objects.values[i] === `${i}`)
  return isAsItStands ? known : undefined
}

/** What is known of an object of which only the values matter; undefined: it may hold others, or say the same in another way. */
export function knownLine(object: JsonObject): KnownLine<Known> | undefined {
  const leaf = objects.flatten(object)
  const isPlain =
    leaf.layout !== undefined &&
    leaf.carriers !== undefined &&
    !leaf.mayBePlainer
  if (!isPlain) return undefined
  const { names, envelope } = leaf
  return { leaf, names: names.list, envelope, values: objects.values }
}
