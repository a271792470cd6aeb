// Tetragon's events as JSON: one member says which kind it is and holds the process, its parent and the arguments of a kernel function.
// Source: Tetragon documentation, "gRPC API", KprobeArgument and its kin.
import { addField, type Fields } from '../../flat/fields.ts'
import type { JsonObject } from '../../flat/json-value.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import { flatFields } from '../../inside/beside.ts'
import type { Dialect, Names } from '../dialect.ts'

const kinds = [
  'process_exec',
  'process_exit',
  'process_kprobe',
  'process_tracepoint',
  'process_lsm',
  'process_uprobe',
  'process_loader',
  'process_throttle',
  'rate_limit_info',
]

export const tetragon: Dialect = {
  name: 'Tetragon JSON',
  recognises: (names) => names.has('time') && kindOf(names) !== undefined,
  plan: (names) => {
    const kind = kindOf(names)!
    return {
      kind: 'expansion',
      expand: (_, object) => {
        const { [kind]: told, ...outer } = object
        if (!isObject(told)) return undefined
        const { args, ...rest } = told
        const fields = flatFields({ ...outer, ...rest })
        addArguments(fields, args)
        // A process that starts is told by itself: what it is, is what was run.
        const call =
          textOrEmpty(fields.function_name) || textOrEmpty(fields.event) || kind
        return { fields, provenance: writtenBy('tetragon', kind, '', call) }
      },
    }
  },
}

function kindOf(names: Names): string | undefined {
  return kinds.find((k) => names.under(`${k}.`))
}

/** `{"sockaddrun_arg": {"path": ...}}` -> `args.sockaddrun_arg.path`; of two alike both are kept. */
function addArguments(fields: Fields, args: unknown): void {
  if (!Array.isArray(args)) return
  for (const arg of args) {
    if (!isObject(arg)) continue
    const flat = flatFields(arg)
    for (const name of Object.keys(flat)) {
      addField(fields, `args.${name}`, flat[name]!)
    }
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
