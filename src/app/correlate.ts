import type { CorrelationRule } from '../ir/rule.ts'

import type { BaseMatch } from './batch.ts'

export function correlate(
  _rules: readonly CorrelationRule[],
  _bases: readonly BaseMatch[],
): { lines: string; counts: Map<string, number>; notes: string[] } {
  return { lines: '', counts: new Map(), notes: [] }
}
export function baseFields(
  _rules: readonly CorrelationRule[],
): Map<string, readonly string[]> {
  return new Map()
}
