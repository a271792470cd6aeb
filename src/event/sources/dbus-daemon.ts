// dbus-daemon's own words in the journal.
import type { NamedSource } from './source.ts'

export const dbusSource: NamedSource = {
  selector: { product: 'linux', service: 'dbus' },
  sourcetypes: ['dbus-daemon'],
}
