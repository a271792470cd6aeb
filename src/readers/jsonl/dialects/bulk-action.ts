// Lines of Elasticsearch's bulk format that say what becomes of the next line: no events.
// Source: Elasticsearch reference, "Bulk API".
import type { Dialect } from '../dialect.ts'

const action =
  /^(?:index|create|update|delete)(?:\._(?:index|id|type)|\.routing|\.retry_on_conflict|\.require_alias)?$/

export const bulkAction: Dialect = {
  name: 'Elasticsearch bulk',
  recognises: ({ list }) =>
    list.length > 0 && list.every((name) => action.test(name)),
  plan: () => ({
    kind: 'expansion',
    expand: (_, object) => {
      const values = Object.values(object)
      const isAction =
        values.length === 1 && typeof values[0] === 'object' && values[0]
      return isAction ? { inside: [], beside: {} } : undefined
    },
  }),
}
