// A service's command stands in three places: event 7045 of the System log, 4697 of the Security log, and the ImagePath
// value of its registry key. Rules ask one field.
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'

import { registryKey } from './registry-key.ts'
import type { Row } from '../row.ts'
import { alias } from '../row.ts'

const imagePath =
  /^HKLM\\System\\CurrentControlSet\\services\\([^\\]+)\\(?:ImagePath|FailureCommand)$/i

/** The command that a registry event gives a service; undefined where it sets something else. */
export function serviceCommandOfKey(
  target: Value | undefined,
  details: Value | undefined,
): string | undefined {
  return serviceNameOfKey(target) === undefined ? undefined : textOf(details)
}

export function serviceNameOfKey(
  target: Value | undefined,
): string | undefined {
  const key = registryKey(textOf(target) ?? '')
  return key ? imagePath.exec(key)?.[1] : undefined
}

const ownKey = /^HKLM\\System\\CurrentControlSet\\services\\([^\\]+)$/i

/** Of a key that is made or deleted: a value below it is no service. */
export function serviceOfKey(target: Value | undefined): string | undefined {
  const key = registryKey(textOf(target) ?? '')
  return key ? ownKey.exec(key)?.[1] : undefined
}

/** Provider "Service Control Manager": 7045, a service was installed. */
export const serviceControlRows: Readonly<Record<string, readonly Row[]>> = {
  7045: [alias('ServiceCommand', 'ImagePath')],
}
