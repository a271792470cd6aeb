// Which records are worth decoding? Those of a provenance on which some demand can be met: its log source does not
// conflict, and its event id is one of those asked for. Sound: no rule can hold on what is not wanted here.
import type { Provenance } from '../../base/record.ts'

import { conflicts, type LogSource } from '../../event/log-source.ts'

import type { Gate } from '../../readers/reader.ts'

import {
  eventIdOf,
  logSourceOf,
  logSourcesOfEventId,
} from '../../normalise/normaliser.ts'

import type { Demand } from '../../ir/demand.ts'

import { decimalOf } from '../../meaning/cell.ts'

/** Provenances and event ids come from input; over so many, answers are forgotten and made anew. */
const maxAnswers = 65_536

/** What a gate passes by is still known to have been there: where it may be from, and its event id. `isLine`: told of a line, for its id alone. */
export type PassedBy = (
  sources: readonly LogSource[],
  id: number,
  isLine: boolean,
) => void

export function gateOf(
  demands: readonly Demand[],
  passedBy?: PassedBy,
): Required<Gate> {
  const asked = demands.map(({ logSource, eventIds }) => ({
    logSource,
    ids: eventIds && new Set(eventIds),
  }))
  const isAsked = (sources: readonly LogSource[], id: number | undefined) =>
    asked.some(
      ({ logSource, ids }) =>
        (!ids || id === undefined || ids.has(id)) &&
        sources.some((s) => !conflicts(logSource, s)),
    )
  const wants = remembered((p: Provenance) => {
    const id = eventIdOf(p)
    if (id === undefined) return true
    const sources = [logSourceOf(p)]
    const number = decimalOf(id)
    const wanted = isAsked(sources, number)
    if (!wanted) passedBy?.(sources, number ?? Number.NaN, false)
    return wanted
  })
  const wantsEventId = remembered((id: string) => {
    if (!/^\d{1,9}$/.test(id)) return true
    const sources = logSourcesOfEventId(id)
    const wanted = isAsked(sources, Number(id))
    if (!wanted) passedBy?.(sources, Number(id), true)
    return wanted
  })
  return { wants, wantsEventId }
}

function remembered<K>(decide: (key: K) => boolean): (key: K) => boolean {
  const answers = new Map<K, boolean>()
  return (key) => {
    let answer = answers.get(key)
    if (answer === undefined) {
      answer = decide(key)
      if (answers.size >= maxAnswers) answers.clear()
      answers.set(key, answer)
    }
    return answer
  }
}
