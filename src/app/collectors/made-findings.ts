// Findings on made events, on their way out.
import type { MadeFindingsPart } from '../stations/made-findings.ts'
import type { Collector, Outlet } from './collector.ts'

export class MadeFindingsCollector implements Collector {
  readonly takes = 'made-findings'
  readonly #outlet: Outlet

  constructor(outlet: Outlet) {
    this.#outlet = outlet
  }

  take({ findings }: MadeFindingsPart): void {
    for (const { rule, finding } of findings)
      this.#outlet.finding(rule, finding)
  }

  advance(watermark: number): number {
    return watermark
  }
}
