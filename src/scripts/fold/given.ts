// What a function is given: by place, by name, and what is left over, which some of its names take all of.
import {
  type FunctionValue,
  list,
  object,
  unknown,
  type Value,
} from './value.ts'

/** What was given by names that the function does not have. */
const restType = '[rest]'

/** What is given by name stands where the function has that name. */
export function placed(
  { params }: FunctionValue,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): readonly Value[] {
  if (!named.size) return args
  const own = /^(?:self|cls)$/.test(params[0] ?? '') ? params.slice(1) : params
  const out = [...args]
  const rest = object(restType)
  for (const [name, value] of named) {
    const at = own.findIndex((p) => p.toLowerCase() === name)
    if (at >= 0) {
      while (out.length < at) out.push(unknown(own[out.length]))
      out[at] = value
    } else rest.entries.set(name, value)
  }
  return rest.entries.size ? [...out, rest] : out
}

/** Each name with what it stands for: `*a` is a list of what is left, `**k` a table. */
export function boundTo(
  params: readonly string[],
  args: readonly Value[],
): [string, Value][] {
  const last = args.at(-1)
  const rest =
    last?.kind === 'object' && last.type === restType ? last : undefined
  const plain = rest ? args.slice(0, -1) : args
  return params.map((p, i) => {
    if (p.startsWith('**')) {
      const table = object('map')
      for (const [name, value] of rest?.entries ?? [])
        table.entries.set(name, value)
      return [p.slice(2), table]
    }
    if (p.startsWith('*')) return [p.slice(1), list(plain.slice(i))]
    return [p, plain[i] ?? unknown(p)]
  })
}
