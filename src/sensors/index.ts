// Which sensors are there? Of a group the first that can run is taken.
import { audit } from './audit/sensor.ts'
import { dbus } from './dbus/sensor.ts'
import { ebpf } from './ebpf/sensor.ts'
import { eslogger } from './eslogger/sensor.ts'
import { eventLogByPowerShell } from './event-log/powershell.ts'
import { eventLog } from './event-log/sensor.ts'
import { procConnector } from './proc-connector/sensor.ts'
import { procSnapshot } from './proc-snapshot/sensor.ts'
import { launchd } from './launchd/sensor.ts'
import type { Probe, Sensor } from './sensor.ts'
import { tracefs } from './tracefs/sensor.ts'

const sensors: readonly Sensor[] = [
  ebpf,
  tracefs,
  procConnector,
  procSnapshot,
  audit,
  dbus,
  eslogger,
  launchd,
  eventLog,
  eventLogByPowerShell,
]

export interface Choice {
  readonly sensor: Sensor
  readonly chosen: boolean
  /** It could be taken in place of the one of its group that is chosen. */
  readonly isNext?: true
  /** Why it is chosen or not. */
  readonly why: string
}

/** Of this system. */
export const sensorsHere = (): readonly Sensor[] =>
  sensors.filter((s) => s.platform === process.platform)

/** `asked`: by name; `auto`: those that this host can run. */
export function chooseSensors(
  asked: readonly string[],
  probe: (sensor: Sensor) => Probe = (sensor) => sensor.probe(),
  here: readonly Sensor[] = sensorsHere(),
): readonly Choice[] {
  const isAuto = asked.includes('auto')
  const taken = new Set<string>()
  return here.map((sensor): Choice => {
    const { can, detail } = probe(sensor)
    const { name, group, onlyNamed } = sensor
    const not = (why: string) => ({ sensor, chosen: false, why })
    const isNamed = asked.includes(name)
    if (!isAuto && !isNamed) return not('not asked for')
    if (!can) return not(detail)
    if (onlyNamed && !isNamed) return not(`where it is named: ${detail}`)
    if (group !== undefined && taken.has(group) && !isNamed)
      return { ...not(`another tells of the same: ${detail}`), isNext: true }
    if (group !== undefined) taken.add(group)
    return { sensor, chosen: true, why: detail }
  })
}

/** Throws `UnusableSensor`. */
export function sensorNamed(name: string): Sensor {
  const here = sensorsHere()
  const sensor = here.find((s) => s.name === name)
  if (sensor) return sensor
  const names = here.map((s) => s.name).join(', ') || 'none'
  throw new UnusableSensor(`there is no sensor "${name}" here: ${names}`)
}

/** There is none of that name here, or it cannot run; the message says why. */
export class UnusableSensor extends Error {}

/** By doing it, where that alone tells. */
export function tried(sensor: Sensor): Probe {
  return sensor.trial?.() ?? sensor.probe()
}
