// What others call our levels.
import type { Level } from '../../ir/rule.ts'

/** SARIF 2.1.0, 3.27.10, and the score that code hosts sort by. */
export const sarifLevel: Readonly<Record<Level, readonly [string, string]>> = {
  informational: ['note', '1.0'],
  low: ['note', '3.0'],
  medium: ['warning', '5.0'],
  high: ['error', '8.0'],
  critical: ['error', '9.5'],
}

/** OCSF `severity_id` and `severity`. */
export const ocsfSeverity: Readonly<Record<Level, readonly [number, string]>> =
  {
    informational: [1, 'Informational'],
    low: [2, 'Low'],
    medium: [3, 'Medium'],
    high: [4, 'High'],
    critical: [5, 'Critical'],
  }

/** Elastic's risk, 0 to 100. */
export const riskScore: Readonly<Record<Level, number>> = {
  informational: 10,
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
}
