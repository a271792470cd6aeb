// Which JSON dialects are there: the first that recognises a record's names has it.
import type { Dialect } from '../dialect.ts'
import { hints } from './hints.ts'
import { nxlog } from './nxlog.ts'
import { unknown } from './unknown.ts'
import { windowsFlat } from './windows-flat.ts'

export const dialects: readonly Dialect[] = [nxlog, hints, windowsFlat, unknown]
