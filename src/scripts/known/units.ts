// What a unit of systemd starts that is made over the bus: systemd's org.freedesktop.systemd1.Manager.StartTransientUnit(name, mode, properties, aux),
// whose property ExecStart is a list of a path, its arguments and whether a failure counts.
import type { Teller } from '../fold/call.ts'
import {
  entriesOf,
  list,
  text,
  textOf,
  type Value,
  viaOf,
} from '../fold/value.ts'

const starting =
  /^Exec(?:Start|StartPre|StartPost|Condition|Reload|Stop|StopPost)(?:Ex)?$/
/** Values within each other, and words of one command. */
const maxWithin = 8
const maxWords = 64

/** `method`: what is called, with its interface or without. */
export function tellUnit(
  teller: Pick<Teller, 'commandLine'>,
  method: string | undefined,
  given: readonly Value[],
): void {
  if (!/(?:^|\.)StartTransientUnit$/.test(method ?? '')) return
  const words = inWords(given) ?? inText(given) ?? inLists(given, 0)
  if (words) teller.commandLine(list(words.slice(0, maxWords), viaOf(given)))
}

/** `busctl`: … ExecStart a(sasb) 1 PATH COUNT ARGUMENT… false. */
function inWords(given: readonly Value[]): Value[] | undefined {
  const at = given.findIndex((v) => starting.test(textOf(v) ?? ''))
  if (at < 0 || !/^a\(sas/.test(textOf(given[at + 1]) ?? '')) return undefined
  const n = Number(textOf(given[at + 4]))
  const path = given[at + 3]
  return path && n >= 1
    ? [path, ...given.slice(at + 6, at + 5 + Math.min(n, maxWords))]
    : undefined
}

/** `gdbus`: `[("ExecStart", <[("PATH", ["ARGUMENT", …], false)]>)]`. */
function inText(given: readonly Value[]): Value[] | undefined {
  const all = given.map((v) => (v.kind === 'text' ? v.text : ''))
  const found = all.find((s) => /["']Exec\w{4,16}["']\s*,/.test(s))
  const from =
    found === undefined ? -1 : found.search(/["']Exec\w{4,16}["']\s*,/)
  if (found === undefined) return undefined
  const quoted = [
    ...found
      .slice(from, from + 8_192)
      .matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\bfalse\b|\btrue\b/g),
  ]
  const end = quoted.findIndex(([s]) => s === 'false' || s === 'true')
  const texts = quoted
    .slice(1, end < 0 ? undefined : end)
    .map((m) => text((m[1] ?? m[2] ?? '').replace(/\\(.)/g, '$1')))
  const [path, , ...rest] = texts
  return path && [path, ...rest]
}

/** A list that begins with the name of the property, wherever it stands; a table with it. */
function inLists(given: readonly Value[], depth: number): Value[] | undefined {
  if (depth > maxWithin) return undefined
  for (const value of given.slice(0, maxWords)) {
    const own = value.kind === 'object' ? tableIn(value) : undefined
    if (own) return commandIn(own)
    const items = value.kind === 'list' ? value.items : []
    const [name, command] = items
    if (command && starting.test(textOf(name) ?? '')) return commandIn(command)
    const inner = items.length ? inLists(items, depth + 1) : undefined
    if (inner) return inner
  }
  return undefined
}

function tableIn(value: Value & { kind: 'object' }): Value | undefined {
  return entriesOf(value).find(([name]) => starting.test(name))?.[1]
}

/** `[(path, [argument, …], flag)]`. */
function commandIn(value: Value, depth = 0): Value[] | undefined {
  if (value.kind !== 'list' || depth > maxWithin) return undefined
  const [path, args] = value.items
  if (path?.kind === 'text' && args?.kind === 'list')
    return [path, ...args.items.slice(1)]
  return path && commandIn(path, depth + 1)
}
