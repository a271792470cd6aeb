// Which sensors are there? Of a group the first that can run is taken.
import { audit } from './audit/sensor.ts'
import { dbus } from './dbus/sensor.ts'
import { ebpf } from './ebpf/sensor.ts'
import { eslogger } from './eslogger/sensor.ts'
import { procConnector } from './proc-connector/sensor.ts'
import type { Probe, Sensor } from './sensor.ts'
import { tracefs } from './tracefs/sensor.ts'

export const sensors: readonly Sensor[] = [
  ebpf,
  tracefs,
  procConnector,
  audit,
  dbus,
  eslogger,
]

export interface Choice {
  readonly sensor: Sensor
  readonly chosen: boolean
  /** It could be taken in place of the one of its group that is chosen. */
  readonly isNext?: true
  /** Why it is chosen or not. */
  readonly why: string
}

/** `asked`: by name; none: those that this host can run. */
export function chooseSensors(
  asked: readonly string[] = [],
  probe: (sensor: Sensor) => Probe = (sensor) => sensor.probe(),
  platform: NodeJS.Platform = process.platform,
): readonly Choice[] {
  const taken = new Set<string>()
  return sensors
    .filter((s) => s.platform === platform)
    .map((sensor): Choice => {
      const { can, detail } = probe(sensor)
      const { name, group, onlyNamed } = sensor
      if (asked.length && !asked.includes(name))
        return { sensor, chosen: false, why: 'not asked for' }
      if (!can) return { sensor, chosen: false, why: detail }
      if (onlyNamed && !asked.length)
        return { sensor, chosen: false, why: `where it is named: ${detail}` }
      if (group !== undefined && taken.has(group) && !asked.length)
        return {
          sensor,
          chosen: false,
          isNext: true,
          why: `another tells of the same: ${detail}`,
        }
      if (group !== undefined) taken.add(group)
      return { sensor, chosen: true, why: detail }
    })
}

export function sensorNamed(name: string): Sensor | undefined {
  return sensors.find((s) => s.name === name && s.platform === process.platform)
}

/** By doing it, where that alone tells. */
export function tried(sensor: Sensor): Probe {
  return sensor.trial?.() ?? sensor.probe()
}
