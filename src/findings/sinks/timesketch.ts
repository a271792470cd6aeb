// Findings for Timesketch: JSON lines with its three required members (message, datetime, timestamp_desc), tags, and the fields of the evidence.
import { storyOf } from '../incidents/sentence.ts'
import { jsonLines } from './lines.ts'

/** Timesketch wants a time of every line. */
const noTime = '1970-01-01T00:00:00.000Z'

export const timesketch = jsonLines('JSON lines for Timesketch', (finding) => {
  const { rule, techniques, evidence, time, host } = finding
  const told = storyOf(finding)
  return {
    ...evidence[0]?.fields,
    message: told ? `${rule.title}: ${told}` : rule.title,
    datetime: time ?? noTime,
    timestamp_desc: time === null ? 'No time told' : 'Event logged',
    tag: [rule.level, ...techniques],
    computer_name: host ?? '',
    rule_id: rule.id,
    rule_title: rule.title,
    level: rule.level,
    finding_id: finding.id,
    ...(finding.explanation.matches !== undefined && {
      records: finding.explanation.matches,
    }),
    ...(finding.incident && { incident_id: finding.incident }),
    source_file: evidence[0]?.file ?? '',
    record: evidence[0]?.record ?? null,
    offset: evidence[0]?.offset ?? null,
  }
})
