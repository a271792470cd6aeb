// Why behaviours cannot be seen here by a sensor: nothing of another's is touched for a test.
import { spawnSync } from 'node:child_process'

import { sensorNamed } from '../../src/sensors/index.ts'

import { has } from './shell.ts'

/** undefined: they can. */
export function whyNot(sensor: string): string | undefined {
  if (process.platform !== 'linux') return 'this is no Linux'
  const known = sensorNamed(sensor)
  const { can, detail } = known.trial?.() ?? known.probe()
  if (!can) return detail
  if (sensor === 'audit') {
    const state = spawnSync('auditctl', ['-s'], { encoding: 'utf8' })
    if (state.status !== 0) return 'there is no auditctl'
    // What is in use is not touched.
    if (!/^pid 0$/m.test(state.stdout)) return 'auditing is in use'
  }
  return has('gcc') ? undefined : 'there is no gcc for the behaviours'
}
