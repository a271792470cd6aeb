// Which JSON dialects are there: the first that recognises a record's names has it. What has tell-tales of its own comes
// before the hints, which any flat object may have, and hints before plain names.
import type { Dialect } from '../dialect.ts'
import { ausearchCsv } from './ausearch-csv.ts'
import { auditbeat } from './auditbeat.ts'
import { aushape } from './aushape.ts'
import { bulkAction } from './bulk-action.ts'
import { chainsawCsv } from './chainsaw-csv.ts'
import { chronicle } from './chronicle.ts'
import { containerLog } from './container-log.ts'
import { defender } from './defender.ts'
import { ecs } from './ecs.ts'
import { endpointAgents } from './endpoint-agents.ts'
import { endpointSecurity } from './endpoint-security.ts'
import { evtxDump } from './evtx-dump.ts'
import { falco } from './falco.ts'
import { filebeatAudit } from './filebeat-audit.ts'
import { goAudit } from './go-audit.ts'
import { hayabusa } from './hayabusa.ts'
import { hints } from './hints.ts'
import { journalBus } from './journal-bus.ts'
import { journald } from './journald.ts'
import { laurel } from './laurel.ts'
import { liveSensor } from './live-sensor.ts'
import { logAnalytics } from './log-analytics.ts'
import { nxlog } from './nxlog.ts'
import { nxlogAudit } from './nxlog-audit.ts'
import { osquery, osqueryRow, osqueryRows } from './osquery.ts'
import { ownEvents, ownFindings } from './own-output.ts'
import { plaso } from './plaso.ts'
import { powershellFlat } from './powershell.ts'
import { splunk } from './splunk.ts'
import { telegraf } from './telegraf.ts'
import { tetragon } from './tetragon.ts'
import { tracee } from './tracee.ts'
import { unknown } from './unknown.ts'
import { wazuhAudit } from './wazuh-audit.ts'
import { windowsFlat } from './windows-flat.ts'
import { windowsJson } from './windows-json/index.ts'
import {
  winlogbeat6,
  winlogbeat6InGraylog,
  winlogbeat7,
  winlogbeatInGraylog,
} from './winlogbeat.ts'

export const dialects: readonly Dialect[] = [
  ownEvents,
  ownFindings,
  liveSensor,
  nxlogAudit,
  wazuhAudit,
  chainsawCsv,
  nxlog,
  winlogbeat6,
  winlogbeat7,
  winlogbeatInGraylog,
  winlogbeat6InGraylog,
  evtxDump,
  endpointSecurity,
  laurel,
  aushape,
  auditbeat,
  filebeatAudit,
  journald,
  journalBus,
  hayabusa,
  ausearchCsv,
  containerLog,
  goAudit,
  bulkAction,
  telegraf,
  plaso,
  defender,
  ...endpointAgents,
  chronicle,
  hints,
  logAnalytics,
  splunk,
  powershellFlat,
  windowsFlat,
  windowsJson,
  osqueryRows,
  osquery,
  osqueryRow,
  falco,
  tetragon,
  tracee,
  ecs,
  unknown,
]
