// Which JSON dialects are there: the first that recognises a record's names has it. What has tell-tales of its own comes
// before the hints, which any flat object may have, and hints before plain names.
import type { Dialect } from '../dialect.ts'
import { ausearchCsv } from './ausearch-csv.ts'
import { defender } from './defender.ts'
import { ecs } from './ecs.ts'
import { endpointSecurity } from './endpoint-security.ts'
import { evtxDump } from './evtx-dump.ts'
import { falco } from './falco.ts'
import { hayabusa } from './hayabusa.ts'
import { hints } from './hints.ts'
import { journald } from './journald.ts'
import { laurel } from './laurel.ts'
import { logAnalytics } from './log-analytics.ts'
import { nxlog } from './nxlog.ts'
import { osquery, osqueryRows } from './osquery.ts'
import { powershellFlat } from './powershell.ts'
import { splunk } from './splunk.ts'
import { tetragon } from './tetragon.ts'
import { tracee } from './tracee.ts'
import { unknown } from './unknown.ts'
import { windowsFlat } from './windows-flat.ts'
import { windowsJson } from './windows-json.ts'
import { winlogbeat6, winlogbeat7, winlogbeatInGraylog } from './winlogbeat.ts'

export const dialects: readonly Dialect[] = [
  nxlog,
  winlogbeat6,
  winlogbeat7,
  winlogbeatInGraylog,
  evtxDump,
  endpointSecurity,
  laurel,
  journald,
  hayabusa,
  ausearchCsv,
  defender,
  hints,
  logAnalytics,
  splunk,
  powershellFlat,
  windowsFlat,
  windowsJson,
  osqueryRows,
  osquery,
  falco,
  tetragon,
  tracee,
  ecs,
  unknown,
]
