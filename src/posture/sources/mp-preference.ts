// `Get-MpPreference | ConvertTo-Json`: two lists side by side, the rules of attack surface reduction and what they do.
import { jsonOf, type JsonMap, listAt, rowsOf } from './json-dumps.ts'
import { fileOf, type Source } from './source.ts'

const ids = 'AttackSurfaceReductionRules_Ids'
const actions = 'AttackSurfaceReductionRules_Actions'

export const mpPreference: Source = {
  what: 'Get-MpPreference | ConvertTo-Json',
  recognises: (dump) => rowsOf(jsonOf(dump)).some(isPreference),
  read(dump) {
    dump.facts.of('windows')
    dump.facts.cover('asr', dump.name)
    dump.facts.cover('mp', dump.name)
    const whence = fileOf(dump)
    for (const row of rowsOf(jsonOf(dump)).filter(isPreference)) {
      const does = listAt(row, actions)
      for (const [i, id] of listAt(row, ids).entries()) {
        const action = does[i]
        if (typeof action === 'number' || typeof action === 'string') {
          dump.facts.add('asr', String(id), action, whence)
        } else dump.note(`rule ${String(id)}: no action stands beside it`)
      }
      for (const [name, value] of Object.entries(row)) {
        const plain = ['boolean', 'number', 'string'].includes(typeof value)
        if (plain) {
          dump.facts.add('mp', name, value as string | number | boolean, whence)
        }
      }
    }
  },
}

function isPreference(row: JsonMap): boolean {
  return ids in row || 'DisableRealtimeMonitoring' in row
}
