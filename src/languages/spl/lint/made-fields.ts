// Which fields does a command set, and does it leave the others? `only`: rows have these and no others behind it.
import type { Command } from '../ast.ts'
import { groupNames } from '../patterns.ts'

export function madeBy(c: Command): {
  readonly names: readonly string[]
  readonly only?: readonly string[]
} {
  switch (c.kind) {
    case 'eval':
      return { names: c.set.map((s) => s.field) }
    case 'stats':
      return {
        names: c.aggregates.map((a) => a.as),
        only: [...c.by, ...c.aggregates.map((a) => a.as)],
      }
    case 'tstats': {
      const names = c.aggregates.map((a) => a.as)
      return { names, only: [...c.by, ...names] }
    }
    case 'eventstats':
    case 'streamstats':
      return { names: c.aggregates.map((a) => a.as) }
    case 'chart':
      return { names: ['*'], only: ['*'] }
    case 'top': {
      const names = [c.countField, c.percentField]
      return { names, only: [...c.fields, ...c.by, ...names] }
    }
    case 'table':
      return { names: [], only: c.fields }
    case 'fields':
      return c.remove
        ? { names: [] }
        : { names: [], only: [...c.fields, '_time', '_raw'] }
    case 'rename':
      return { names: c.pairs.map((p) => p.to) }
    case 'rex':
      return {
        names: [
          ...groupNames(c.pattern),
          ...(c.offsetField ? [c.offsetField] : []),
        ],
      }
    case 'bin':
      return { names: c.as === c.field ? [] : [c.as] }
    case 'convert':
      return { names: c.conversions.map((v) => v.as) }
    case 'lookup':
      return { names: c.output.length ? c.output.map((p) => p.row) : ['*'] }
    case 'spath':
      return { names: [c.output ?? '*'] }
    case 'transaction':
      return { names: ['duration', 'eventcount', 'closed_txn'] }
    case 'addtotals':
      return { names: [c.fieldName] }
    case 'xmlkv':
    case 'join':
    case 'append':
    case 'appendcols':
    case 'appendpipe':
    case 'inputlookup':
    case 'foreach':
      return { names: ['*'] }
    default:
      return { names: [] }
  }
}
