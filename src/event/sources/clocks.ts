// Who tells the time by which clock. Records of one clock come in the order of what happened; those of two may be seconds apart.
import { linuxAuditSource } from './linux-audit.ts'
import { sensorService } from './live-sensor.ts'

/**
 * Services whose times are the kernel's own: the sensors of a live host, and audit. Audit's clock is the coarse one, which moves with
 * the tick: at most 10 ms behind (Linux, kernel/auditsc.c and CONFIG_HZ=100).
 */
const kernelClock: readonly string[] = [
  sensorService,
  linuxAuditSource.selector.service!,
]

/** Is the time of a record with this service, or with these, the kernel's? */
export function isByKernelClock(service: string | readonly string[]): boolean {
  const services = typeof service === 'string' ? [service] : service
  return kernelClock.some((name) => services.includes(name))
}

/** Milliseconds by which the kernel's own clocks may differ. */
export const kernelSlackMs = 10
