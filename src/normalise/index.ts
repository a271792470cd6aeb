// Who normalises what: one line a provider, the first that applies is taken.
import { defender } from './defender.ts'
import { dbusDaemon } from './dbus-daemon.ts'
import { document } from './document.ts'
import { ecs } from './ecs.ts'
import { endpointSecurity } from './endpoint-security/index.ts'
import { hints, unknown } from './flat.ts'
import { linuxAudit } from './linux-audit/index.ts'
import { liveSensor } from './live-sensor.ts'
import { osquery } from './osquery.ts'
import type { ProviderNormaliser } from './provider.ts'
import { runtimeSensors } from './runtime-sensors.ts'
import { script } from './script.ts'
import { hintedWindowsLog, windows } from './windows/index.ts'

export const providers: readonly ProviderNormaliser[] = [
  windows,
  hintedWindowsLog,
  linuxAudit,
  liveSensor,
  endpointSecurity,
  ecs,
  defender,
  osquery,
  dbusDaemon,
  runtimeSensors,
  document,
  script,
  hints,
  unknown,
]
