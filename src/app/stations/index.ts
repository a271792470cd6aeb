// Which stations has a job? The code of other jobs is not loaded.
import type { EventsConfig } from './events-track.ts'
import type { RowsConfig } from './rows.ts'
import type { ScanConfig } from './scan-track.ts'
import type { Track } from './track.ts'

/** What is done with pieces, in whatever thread. Plain data: it crosses to worker threads as JSON. */
export type Job =
  | ({ readonly kind: 'scan' } & ScanConfig)
  | ({ readonly kind: 'events' } & EventsConfig)
  | ({ readonly kind: 'rows' } & RowsConfig)
  | { readonly kind: 'copies' }

type Tracks = {
  readonly [K in Job['kind']]: (
    job: Extract<Job, { readonly kind: K }>,
  ) => Promise<Track>
}

const tracks: Tracks = {
  rows: async (job) => (await import('./rows.ts')).rowsTrack(job),
  scan: async (job) => (await import('./scan-track.ts')).scanTrack(job),
  copies: async () => (await import('./copies-track.ts')).copiesTrack(),
  events: async (job) => (await import('./events-track.ts')).eventsTrack(job),
}

export function openTrack<K extends Job['kind']>(
  job: Extract<Job, { readonly kind: K }>,
): Promise<Track> {
  return tracks[job.kind as K](job)
}
