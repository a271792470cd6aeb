// Findings as OCSF 1.5: class 2004, Detection Finding. What the evidence says stands below `data`, under its own names.
import type { Finding } from '../finding.ts'
import { storyOf } from '../incidents/sentence.ts'
import { jsonLines, millisecondsOf } from './lines.ts'
import { ocsfSeverity } from './severity.ts'

const classUid = 2004
const create = 1

export const ocsf = jsonLines(
  'OCSF 1.5 Detection Finding, one a line',
  ocsfFinding,
)

export function ocsfFinding(f: Finding): unknown {
  // A time is required; where none was told it says so.
  const time = millisecondsOf(f) ?? 0
  const [severity_id, severity] = ocsfSeverity[f.rule.level]
  const told = storyOf(f)
  return {
    activity_id: create,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: 'Detection Finding',
    type_uid: classUid * 100 + create,
    type_name: 'Detection Finding: Create',
    time,
    ...countOf(f, time),
    ...(f.time === null && { status_detail: 'the evidence tells no time' }),
    severity_id,
    severity,
    status_id: 1,
    status: 'New',
    message: told ? `${f.rule.title}: ${told}` : f.rule.title,
    metadata: {
      version: '1.5.0',
      uid: f.id,
      product: { name: 'ipcwatch', vendor_name: 'ipcwatch' },
      profiles: ['security_control', 'host'],
    },
    action_id: 0,
    action: 'Unknown',
    disposition_id: 15,
    disposition: 'Detected',
    finding_info: infoOf(f, time),
    ...(f.host !== null && {
      device: { hostname: f.host, type_id: 0, type: 'Unknown' },
    }),
    evidences: f.evidence.map((e) => ({
      data: e.fields,
      file: { name: e.file.split(/[\\/!]/).at(-1)!, path: e.file, type_id: 1 },
      name: `record ${e.record} at ${e.offset}`,
    })),
    ...(f.explanation.mitigations.length && {
      remediation: { desc: f.explanation.mitigations.join(', ') },
    }),
  }
}

function countOf({ explanation: { matches, last } }: Finding, time: number) {
  return last === undefined
    ? {}
    : { count: matches, start_time: time, end_time: Date.parse(last) }
}

function infoOf(f: Finding, time: number) {
  return {
    uid: f.id,
    title: f.rule.title,
    ...(f.explanation.why && { desc: f.explanation.why }),
    created_time: time,
    analytic: { uid: f.rule.id, name: f.rule.title, type_id: 1, type: 'Rule' },
    attacks: f.techniques
      .filter((t) => /^T\d{4}(\.\d{3})?$/.test(t))
      .map(attackOf),
    ...(f.incident && { related_events: [{ uid: f.incident }] }),
  }
}

function attackOf(technique: string) {
  const [uid] = technique.split('.')
  const isSub = technique.includes('.')
  return {
    version: '18',
    technique: {
      uid,
      name: uid,
      src_url: `https://attack.mitre.org/techniques/${uid}/`,
    },
    ...(isSub && { sub_technique: { uid: technique, name: technique } }),
  }
}
