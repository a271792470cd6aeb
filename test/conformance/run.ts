// Scans as the command line does, and keeps the findings.
import type { Finding } from '../../src/findings/finding.ts'

import { type ScanRequest, scan } from '../../src/app/scan/scan.ts'
import type { ScanSummary } from '../../src/app/scan/summary.ts'

export interface ScanResult {
  readonly findings: readonly Finding[]
  readonly summary: ScanSummary
  readonly problems: readonly string[]
}

export async function scanPaths(
  paths: readonly string[],
  request: Partial<ScanRequest>,
): Promise<ScanResult> {
  const findings: Finding[] = []
  const problems: string[] = []
  const summary = await scan(
    {
      paths,
      rules: { paths: [], builtin: true },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
      ...request,
    },
    {
      finding: (f) => findings.push(JSON.parse(f.text()) as Finding),
      diagnostic: (d) => problems.push(d.message),
      problem: (p) => problems.push(p),
      progress() {},
    },
    new AbortController().signal,
  )
  return { findings, summary, problems }
}
