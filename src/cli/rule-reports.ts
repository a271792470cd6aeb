// What lint and test say, for the machines that build repositories of rules: SARIF 2.1.0 and JUnit.
import type { Diagnostic } from '../base/diagnostic.ts'
import { oneLine, shownJson } from '../base/shown.ts'

export const reportFormats = ['text', 'sarif', 'junit'] as const

export type ReportFormat = (typeof reportFormats)[number]

/** One thing that was tried or looked at. */
export interface ReportedCase {
  readonly name: string
  readonly file: string
  readonly severity: Diagnostic['severity'] | 'held'
  readonly code: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

export function caseOf(d: Diagnostic): ReportedCase {
  const { line, column } = d.position ?? {}
  const hint = d.hint ? ` (${d.hint})` : ''
  return {
    name: `${d.code} ${d.file ?? ''}`,
    file: d.file ?? '-',
    severity: d.severity,
    code: d.code,
    message: d.message + hint,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }
}

export function printReport(
  format: 'sarif' | 'junit',
  name: string,
  cases: readonly ReportedCase[],
): string {
  return format === 'sarif' ? sarif(cases) : junit(name, cases)
}

function sarif(cases: readonly ReportedCase[]): string {
  const wrong = cases.filter((c) => c.severity !== 'held')
  const ids = [...new Set(wrong.map((c) => c.code))]
  const run = {
    tool: {
      driver: {
        name: 'ipcwatch rules',
        rules: ids.map((id) => ({ id, shortDescription: { text: id } })),
      },
    },
    results: wrong.map((c) => ({
      ruleId: c.code,
      level: c.severity,
      message: { text: c.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: {
              uri: encodeURI(c.file.replaceAll('\\', '/')).replace(
                /[#?]/g,
                (x) => encodeURIComponent(x),
              ),
            },
            ...(c.line !== undefined && {
              region: { startLine: c.line, startColumn: c.column ?? 1 },
            }),
          },
        },
      ],
    })),
  }
  return shownJson(JSON.stringify({ version: '2.1.0', runs: [run] }, null, 2))
}

function junit(name: string, cases: readonly ReportedCase[]): string {
  const isFailure = ({ severity }: ReportedCase) =>
    severity === 'error' || severity === 'warning'
  const failures = cases.filter(isFailure).length
  const rows = cases.map((c) => {
    const head = `    <testcase name="${xml(c.name)}" classname="${xml(c.file)}"`
    return isFailure(c)
      ? `${head}><failure type="${xml(c.code)}" message="${xml(c.message)}"/></testcase>`
      : `${head}/>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}">`,
    ...rows,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function xml(text: string): string {
  return oneLine(text)
    .replace(/[&<>"]/g, (c) => references[c]!)
    .replace(/\p{Surrogate}/gu, '\ufffd')
}
