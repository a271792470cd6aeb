// What the sensors of this project write: one object an event, flat, in the words of the kernel; or what a sensor could not see.
// Source: `src/sensors/raw-event.ts`.
import { asIs, at, type Dialect, provenanceBy } from '../dialect.ts'

export const liveSensor: Dialect = {
  name: 'sensors of ipcwatch',
  recognises: (names) =>
    names.hasAll('sensor', 'type', 'boot_id', 'seq', 'time'),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: provenanceBy(
      'live-sensor',
      at(names.indexOf('sensor')),
      at(names.indexOf('family')),
      at(names.indexOf('type')),
    ),
  }),
}
