// Which script does a process run? The first that its command line names, from where it stands.
import type { Value } from '../base/record.ts'

import { scriptsNamedBy } from '../scripts/index.ts'

export function scriptOfCommand(
  line: Value | undefined,
  folder: Value | undefined,
): string | undefined {
  return scriptsNamedBy({ paths: [], line, folder })[0]
}
