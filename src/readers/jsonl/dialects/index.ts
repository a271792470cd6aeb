// Which JSON dialects are there: the first that recognises a record's names has it. What has tell-tales of its own comes
// before the hints, which any flat object may have, and hints before plain names.
import type { Dialect } from '../dialect.ts'
import { defender } from './defender.ts'
import { ecs } from './ecs.ts'
import { endpointSecurity } from './endpoint-security.ts'
import { evtxDump } from './evtx-dump.ts'
import { hints } from './hints.ts'
import { laurel } from './laurel.ts'
import { logAnalytics } from './log-analytics.ts'
import { nxlog } from './nxlog.ts'
import { osquery } from './osquery.ts'
import { getWinEvent, powershellFlat } from './powershell.ts'
import { splunk } from './splunk.ts'
import { unknown } from './unknown.ts'
import { windowsFlat } from './windows-flat.ts'
import { winlogbeat6, winlogbeat7 } from './winlogbeat.ts'
import { list, searchHits } from './wrappers.ts'

export const dialects: readonly Dialect[] = [
  nxlog,
  winlogbeat6,
  winlogbeat7,
  evtxDump,
  endpointSecurity,
  laurel,
  searchHits,
  defender,
  osquery,
  hints,
  logAnalytics,
  splunk,
  powershellFlat,
  getWinEvent,
  windowsFlat,
  ecs,
  list,
  unknown,
]
