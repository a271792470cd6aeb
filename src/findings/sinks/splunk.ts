// Findings for Splunk's HTTP event collector: one event a line. Time is in seconds; without one Splunk takes the moment of arrival.
import type { Finding } from '../finding.ts'
import { jsonLines, millisecondsOf } from './lines.ts'

export const splunk = jsonLines(
  "lines for Splunk's HTTP event collector",
  hecEvent,
)

export function hecEvent(finding: Finding): object {
  const ms = millisecondsOf(finding)
  return {
    ...(ms !== undefined && { time: ms / 1000 }),
    ...(finding.host !== null && { host: finding.host }),
    source: finding.evidence[0]?.file ?? 'ipcwatch',
    sourcetype: 'ipcwatch:finding',
    event: finding,
  }
}
