// The words of a command: what is spread among them, and which parameter each is given to.
import { globTest } from '../../base/glob.ts'
import { isSpread, type Node } from '../syntax/node.ts'
import type { Folding } from './folding.ts'
import { entriesOf, itemsOf, list, text, unknown, type Value } from './value.ts'

/** Of one table that is spread. */
const maxSpread = 200

/** `@table` stands for the names and values in it, `@list` for its items. */
export function wordsOf(self: Folding, nodes: readonly Node[]): Value[] {
  const out: Value[] = []
  for (const node of nodes) {
    const value = self.value(node)
    if (!isSpread(node)) out.push(value)
    else for (const word of spread(value)) out.push(word)
  }
  return out
}

function spread(value: Value): readonly Value[] {
  if (value.kind !== 'object') return itemsOf(listed(value)) ?? [value]
  return entriesOf(value)
    .slice(0, maxSpread)
    .flatMap(([name, given]) => [text(`-${name}`, value.via), given])
}

/** A text is one item here. */
function listed(value: Value): Value {
  return value.kind === 'text' ? list([value], value.via) : value
}

/** Names of parameters that hold for a session, by cmdlet. */
const defaultsName = '$psdefaultparametervalues'
const maxDefaults = 50

/** What `$PSDefaultParameterValues` gives a cmdlet that is not given it. */
export function withDefaults(
  self: Folding,
  command: string,
  words: readonly Value[],
): readonly Value[] {
  const held = self.meaning.namesParameters && self.get(defaultsName)
  if (held?.kind !== 'object') return words
  const out = [...words]
  for (const [key, value] of [...held.entries].slice(0, maxDefaults)) {
    const [, pattern, name] = /^([^:]{1,64}):(\w{1,64})$/.exec(key) ?? []
    if (!pattern || !globTest(pattern, { ignoreCase: true })(command)) continue
    const isGiven = words.some(
      (w) => w.kind === 'text' && w.text === `-${name}`,
    )
    if (!isGiven) out.push(text(`-${name}`, value.via), value)
  }
  return out
}

const parameter = /^[-\u2013\u2014\u2015]([A-Za-z_]\w{0,63})(:?)$/

/** `f -b 1 -a 2`: in the order in which the function names them. */
export function argumentsOf(
  params: readonly string[],
  words: readonly Value[],
): Value[] {
  const named = new Map<string, Value>()
  const plain: Value[] = []
  for (let i = 0; i < words.length; i++) {
    const name = nameOf(words[i]!, params)
    if (name === undefined) plain.push(words[i]!)
    else {
      const next = words[i + 1]
      const isSwitch = !next || nameOf(next, params) !== undefined
      named.set(name, isSwitch ? text('True') : next)
      if (!isSwitch) i++
    }
  }
  if (!named.size) return plain
  const given = params.map((p) => named.get(p) ?? plain.shift() ?? unknown(p))
  return [...given, ...plain]
}

/** Of a parameter, however it is cut short. */
function nameOf(word: Value, params: readonly string[]): string | undefined {
  if (word.kind !== 'text') return undefined
  const written = parameter.exec(word.text)?.[1]?.toLowerCase()
  if (!written) return undefined
  const bare = (p: string) => p.toLowerCase().replace(/^\$/, '')
  return (
    params.find((p) => bare(p) === written) ??
    params.find((p) => bare(p).startsWith(written))
  )
}
