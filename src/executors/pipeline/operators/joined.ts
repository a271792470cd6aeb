// Two rows as one.
import { bothLineages } from '../lineage.ts'
import { Row } from '../row.ts'

/** The second fills what the first lacks, or takes its place. */
export function joined(row: Row, other: Row, overwrite: boolean): Row {
  const lineage = bothLineages(row.lineage, other.lineage)
  const out = new Row(new Map(row.values), lineage)
  for (const [name, value] of other.values) {
    if (overwrite || out.get(name) === null) out.set(name, value)
  }
  return out
}
