// A schedule in force, with what it learns.
import { LearnedBands } from '../../enrich/schedule/bands.ts'
import {
  Schedule,
  type ScheduleConfig,
} from '../../enrich/schedule/schedule.ts'

export function openSchedule(config: ScheduleConfig): Schedule {
  return new Schedule(config, new LearnedBands())
}
