// A schedule in force, with the hours that it learns: from the input as it comes, and from a baseline where one is given.
import type { Baseline } from '../../enrich/rarity/baseline.ts'
import {
  AllBands,
  BaselineBands,
  LearnedBands,
} from '../../enrich/schedule/bands.ts'
import {
  Schedule,
  type ScheduleConfig,
} from '../../enrich/schedule/schedule.ts'

export function openSchedule(
  config: ScheduleConfig,
  baseline?: Baseline,
): Schedule {
  const learned = new LearnedBands()
  return new Schedule(
    config,
    baseline ? new AllBands([learned, new BaselineBands(baseline)]) : learned,
  )
}
