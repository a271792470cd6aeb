// What two writers of whole audit events as JSON have in common: records merge into one list of fields, under the names of auditd's own.
import type { Value } from '../../base/record.ts'

/** Arguments that get a field of their own. */
const maxArgumentFields = 64

/** A name that several records have holds the values of all. */
export function merge(
  fields: Map<string, Value>,
  name: string,
  value: Value,
): void {
  const before = fields.get(name)
  fields.set(name, before === undefined ? value : [before, value].flat())
}

/** Of an EXECVE record. */
export function addCommand(
  fields: Map<string, Value>,
  args: readonly string[],
): void {
  fields.set('argv', args)
  args.slice(0, maxArgumentFields).forEach((a, i) => {
    merge(fields, `a${i}`, a)
  })
}
