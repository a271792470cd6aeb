// Which forms of text are read? A new one is a file and a line.
import type { StreamFormat } from '../reader.ts'
import { cefForm, keyValueForm, winCollectForm } from './agent-pairs.ts'
import { formatOf } from './block-reader.ts'
import { busLinesForm } from './bus-lines.ts'
import { carriedXmlForm } from './carried-xml.ts'
import { clixmlForm } from './clixml.ts'
import { colouredJsonForm } from './coloured-json.ts'
import { escapedEventsForm } from './escaped-events.ts'
import { eventYamlForm, yamlRecordsForm } from './event-yaml.ts'
import { formatListForm } from './format-list.ts'
import { influxForm } from './influx.ts'
import { journalForm } from './journal.ts'
import { printedLinesForm } from './printed-lines.ts'
import { printedObjectsForm } from './printed-objects.ts'
import { evtxexportForm, psloglistForm } from './psloglist.ts'
import { powershellXmlForm, splunkResultsForm } from './results-xml.ts'
import { lineModeForm, recordsDownForm } from './records-down.ts'
import { santaForm } from './santa.ts'
import { snareForm, structuredForm } from './snare.ts'
import { sysmonViewForm } from './sysmon-view.ts'
import { windowsTextForm } from './windows-text.ts'
import { wmicListForm } from './wmic-list.ts'

/** Where two are equally sure, the earlier one is taken. */
export const textBlocks: readonly StreamFormat[] = [
  windowsTextForm,
  formatListForm,
  clixmlForm,
  snareForm,
  structuredForm,
  journalForm,
  splunkResultsForm,
  powershellXmlForm,
  printedLinesForm,
  printedObjectsForm,
  psloglistForm,
  evtxexportForm,
  sysmonViewForm,
  wmicListForm,
  eventYamlForm,
  yamlRecordsForm,
  winCollectForm,
  cefForm,
  influxForm,
  recordsDownForm,
  lineModeForm,
  santaForm,
  busLinesForm,
  keyValueForm,
  carriedXmlForm,
  colouredJsonForm,
  escapedEventsForm,
].map(formatOf)
