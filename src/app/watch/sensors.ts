// Which sensors does a watch run? Those that were asked for, each of which must be able to; or those that this host can run.
import {
  chooseSensors,
  sensorNamed,
  UnusableSensor,
} from '../../sensors/index.ts'
import type { Scope } from '../../sensors/scope.ts'
import type { Sensor } from '../../sensors/sensor.ts'

import type { SensorAsked } from './intake/sensors.ts'

export interface SensorsWanted {
  /** By name; `auto`: what this host can. */
  readonly names: readonly string[]
  readonly scope: Scope
  readonly program: readonly string[]
  /** By sensor: what it is given besides. */
  readonly options: Readonly<Record<string, readonly string[]>>
}

/** Throws `UnusableSensor` where one that was named cannot run. `left`: told of those that were not named and cannot. */
export function sensorsOf(
  { names, scope, program, options }: SensorsWanted,
  left: (name: string, why: string) => void,
): SensorAsked[] {
  const isAuto = names.includes('auto')
  const asked = (name: string): SensorAsked => ({
    kind: 'sensor',
    name,
    scope,
    program,
    ...(options[name] && { options: options[name] }),
    ...(sensorNamed(name).follows && { follows: 'channels' }),
  })
  for (const name of names) {
    if (name === 'auto') continue
    const sensor = sensorNamed(name)
    const { can, detail } = sensor.probe()
    if (!can) throw new UnusableSensor(`sensor ${name}: ${detail}`)
  }
  const choices = chooseSensors(names)
  const insteadOf = ({ group }: Sensor) =>
    choices
      .filter((c) => c.isNext && c.sensor.group === group)
      .map((c) => asked(c.sensor.name))
  for (const { sensor, chosen, why } of choices) {
    if (isAuto && !chosen && !sensor.onlyNamed) left(sensor.name, why)
  }
  return choices.flatMap(({ sensor, chosen }) =>
    chosen ? [{ ...asked(sensor.name), instead: insteadOf(sensor) }] : [],
  )
}
