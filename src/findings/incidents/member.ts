// What decides of which incident a finding is: when, and what ties it. Of its line this is read without reading the whole.
import { invariant } from '../../base/invariant.ts'

import type { Finding, Place } from '../finding.ts'
import { tieOf } from '../tie.ts'
import { type TieKeys, TieKeyMaker } from './tie-keys.ts'

export interface Member {
  /** Of the finding. */
  readonly id: string
  /** Milliseconds since 1970; 0: none. */
  readonly time: number
  /** Findings of one event have the same list. */
  readonly ties: TieKeys
}

export function memberOf({ id, time, host, evidence }: Finding): Member {
  const places = evidence.flatMap((e) => [e, ...(e.places ?? [])])
  const ties = evidence.flatMap((e) => e.ties ?? [])
  return memberWith(id, time, host, { places, ties })
}

const text = '"(?:[^"\\\\]|\\\\.)*"'
/** As `findingText` begins a line. */
const head = new RegExp(
  `^\\{"id":"(\\w*)","time":(null|"[^"]*"),"host":(null|${text})`,
)
/** Within a text no quotation mark stands alone: what looks like the begin of a place, or of ties, is none. */
const placeBegins = '{"file":'
const place = new RegExp(
  `\\{"file":(${text}),"record":(\\d+),"offset":(\\d+)`,
  'y',
)
const tiesBegin = ',"ties":['
const tied = new RegExp(`,"ties":(\\[${text}(?:,${text})*\\])`, 'y')

/** Of the same finding as its line. */
export function memberOfLine(line: string): Member {
  const begins = head.exec(line)
  invariant(begins, 'a finding begins as findingText writes it')
  const [, id = '', time = 'null', host = 'null'] = begins
  const places = [...each(line, placeBegins, place)].map(placeOf)
  const ties = [...each(line, tiesBegin, tied)].flatMap(
    ([, list]) => JSON.parse(list!) as string[],
  )
  return memberWith(
    id,
    JSON.parse(time) as string | null,
    JSON.parse(host) as string | null,
    { places, ties },
  )
}

/** Where it begins is looked for as plain text: many times faster than trying the expression at every letter. */
function* each(
  line: string,
  begins: string,
  sticky: RegExp,
): Generator<RegExpExecArray> {
  for (let at = line.indexOf(begins); at >= 0; ) {
    sticky.lastIndex = at
    const found = sticky.exec(line)
    if (found) yield found
    at = line.indexOf(begins, at + (found?.[0].length ?? 1))
  }
}

function placeOf([, file = '', record, offset]: RegExpExecArray): Place {
  return {
    file: JSON.parse(file) as string,
    record: Number(record),
    offset: Number(offset),
  }
}

const maker = new TieKeyMaker()

/** A place that is named twice ties no more than once. */
function memberWith(
  id: string,
  time: string | null,
  host: string | null,
  of: { readonly places: readonly Place[]; readonly ties: readonly string[] },
): Member {
  const ties: number[] = []
  for (const at of of.places) maker.addPlace(ties, host, at)
  maker.addTies(ties, host, of.ties.map(tieOf), time === null && host === null)
  return { id, time: time ? Date.parse(time) : 0, ties }
}
