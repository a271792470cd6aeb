// Programs that scripts start, by name.
import type { KnownCommand } from '../../fold/call.ts'
import { awkPrograms } from './awk.ts'
import { connectingPrograms } from './connections.ts'
import { goBetweens } from './go-betweens.ts'
import { interpreters } from './interpreters.ts'
import { systemPrograms } from './system.ts'
import { windowsPrograms } from './windows.ts'

export const programs: Readonly<Record<string, KnownCommand>> = {
  ...awkPrograms,
  ...goBetweens,
  ...interpreters,
  ...windowsPrograms,
  ...connectingPrograms,
  ...systemPrograms,
}
