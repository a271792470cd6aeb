// Where does the header stand among the names of a record, and which of them are its parts?
import { spellingOf } from '../../../../base/spelling.ts'

import { mayBeData } from '../../../inside/positional-data.ts'
import type { Names } from '../../dialect.ts'
import {
  apart,
  isLayout,
  mayEndAsPart,
  perhapsWindows,
  spelled,
  spellings,
  surelyWindows,
  weakIds,
} from './names.ts'

export interface Head {
  /** What its names begin with, `data.win.system.`; '' at the top. */
  readonly prefix: string
  /** Positions of the names below the prefix, by their spelling. */
  readonly bySpelling: ReadonlyMap<string, number>
  /** Its tool writes UTC without saying so. */
  readonly isUtc: boolean
}

/** Segments of a name that one part of the header may have: `TimeCreated.#attributes.SystemTime`. */
const maxSegments = 3

/** Parts of the header that are needed where no name of them is surely Windows', or the id's is weak. */
const minPartsOfWeak = 5

export function headOf(names: Names): Head | undefined {
  const heads = new Map<string, Map<string, number>>()
  names.list.forEach((name, i) => {
    if (!mayEndAsPart(name)) return
    const segments = name.split('.').filter((s) => !isLayout(s))
    for (let n = 1; n <= Math.min(maxSegments, segments.length); n++) {
      const spelling = spellingOf(segments.slice(-n).join(''))
      if (!spelled.has(spelling) && !apart.has(spelling)) continue
      const prefix = segments
        .slice(0, -n)
        .map((s) => `${s}.`)
        .join('')
      const known = heads.get(prefix) ?? new Map<string, number>()
      heads.set(prefix, known)
      if (!known.has(spelling)) known.set(spelling, i)
    }
  })
  let best: Head | undefined
  let isOneOfSeveral = false
  for (const [prefix, bySpelling] of heads) {
    if (!isHead(bySpelling) && !isBare(prefix, bySpelling, names)) continue
    if (best && best.bySpelling.size >= bySpelling.size) {
      isOneOfSeveral ||= best.bySpelling.size === bySpelling.size
      continue
    }
    best = { prefix, bySpelling, isUtc: isOfEvtxECmd(names) }
    isOneOfSeveral = false
  }
  return isOneOfSeveral && keyOfRow.test(best!.prefix) ? undefined : best
}

/** An id alone, beside data: somebody kept these columns of an event and left out who wrote it. */
function isBare(
  prefix: string,
  found: ReadonlyMap<string, number>,
  { list }: Names,
): boolean {
  if (prefix !== '') return false
  const [, ...ids] = spellings[0]!
  return ids.some((s) => !weakIds.has(s) && found.has(s)) && mayBeData(list)
}

/** Events by their number in a table, `{"0": {...}, "1": {...}}`: the object is none itself. */
const keyOfRow = /^(?:[^.]+\.)?\d+\.$/

/** It writes `2026-03-04 10:20:30.1250000`, in UTC whatever the machine's clock. Source: EvtxECmd, its option `--dt`. */
function isOfEvtxECmd(names: Names): boolean {
  return names.has('PayloadData1') || names.hasAll('Payload', 'ChunkNumber')
}

function isHead(found: ReadonlyMap<string, number>): boolean {
  const [, ...ids] = spellings[0]!
  const id = ids.find((s) => found.has(s))
  if (id === undefined) return false
  const spelt = [...found.keys()]
  const sure = spelt.filter((s) => surelyWindows.has(s)).length
  if (sure === 0 && !spelt.some((s) => perhapsWindows.has(s))) return false
  // PowerShell alone calls a level so, and a provider beside the time.
  const isOfPowerShell =
    found.has('leveldisplayname') ||
    (found.has('timecreated') && found.has('providername'))
  const isWeak = weakIds.has(id) && !isOfPowerShell
  return sure > (isWeak ? 1 : 0) || found.size >= minPartsOfWeak
}
