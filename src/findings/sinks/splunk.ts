// Findings for Splunk's HTTP event collector: one event a line. Time is in seconds; without one Splunk takes the moment of arrival.
import { jsonLines, millisecondsOf } from './lines.ts'

export const splunk = jsonLines(
  "lines for Splunk's HTTP event collector",
  (finding) => {
    const ms = millisecondsOf(finding)
    return {
      ...(ms !== undefined && { time: ms / 1000 }),
      ...(finding.host !== null && { host: finding.host }),
      source: finding.evidence[0]?.file ?? 'ipcwatch',
      sourcetype: 'ipcwatch:finding',
      event: finding,
    }
  },
)
