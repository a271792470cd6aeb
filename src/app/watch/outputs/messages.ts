// A finding as one line of CEF, for servers that know nothing else.
import type { Finding } from '../../../findings/finding.ts'

/** ArcSight, "Common Event Format", 2.: 0 to 10. */
const cefSeverity = {
  critical: 10,
  high: 8,
  medium: 5,
  low: 3,
  informational: 1,
} as const

/** Of one value, in UTF-16 units. */
const maxValue = 1_000

export function cef(finding: Finding): string {
  const { rule, techniques, time, host, id, evidence } = finding
  const head = [
    'ipcwatch',
    'ipcwatch',
    '1',
    rule.id,
    rule.title,
    String(cefSeverity[rule.level]),
  ]
    .map((part) =>
      part.replaceAll(/[\\|]/g, '\\$&').replaceAll(/[\r\n]+/g, ' '),
    )
    .join('|')
  const [first] = evidence
  const said: Record<string, string> = {
    externalId: id,
    ...(time !== null && { rt: String(Date.parse(time)) }),
    ...(host !== null && { dvchost: host }),
    cs1Label: 'techniques',
    cs1: techniques.join(','),
    ...(first && { fname: first.file, msg: JSON.stringify(first.fields) }),
  }
  const extension = Object.entries(said)
    .map(([name, value]) => `${name}=${cefValue(value)}`)
    .join(' ')
  return `CEF:0|${head}|${extension}`
}

function cefValue(value: string): string {
  return value
    .slice(0, maxValue)
    .replaceAll(/[\\=]/g, '\\$&')
    .replaceAll(/\r?\n|\r/g, '\\n')
}
