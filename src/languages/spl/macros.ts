// Macros: named pieces of search text with arguments, from a file in Splunk's `macros.conf` form, and those that public
// detections take for granted.
import { builtinMacros, programMacro, windowMacro } from './builtin-macros.ts'
import type { ConfProblem, ConfSection } from './conf.ts'
import { byLine, isTrue, readConf } from './conf.ts'

export interface Macro {
  readonly name: string
  readonly args: readonly string[]
  readonly definition: string
}

/** By name and number of arguments: `name/2`. */
export type Macros = ReadonlyMap<string, Macro>

const ready: Macros = macroMap(
  builtinMacros.map(([name, args, definition]) => ({ name, args, definition })),
)

export function macroMap(macros: Iterable<Macro>): Map<string, Macro> {
  const map = new Map<string, Macro>()
  for (const m of macros) map.set(`${m.name}/${m.args.length}`, m)
  return map
}

/** The caller's macros, then the built-in ones. */
export function withBuiltins(own: Macros): Macros {
  return new Map([...ready, ...own])
}

/** Public detections end with a macro of their own name for local exceptions: where none is given it keeps everything. */
const emptyFilter: Macro = { name: '', args: [], definition: 'search *' }

export function findMacro(
  macros: Macros,
  name: string,
  count: number,
): Macro | undefined {
  const found = macros.get(`${name}/${count}`)
  if (found) return found
  if (count > 0) return undefined
  if (name.endsWith('_filter')) return emptyFilter
  const definition = windowMacro(name) ?? programMacro(name)
  return definition === undefined ? undefined : { name, args: [], definition }
}

/** `[name(2)]`, `args = a, b`, `definition = ...` */
export function parseMacros(text: string): {
  macros: Map<string, Macro>
  problems: ConfProblem[]
} {
  const { sections, problems } = readConf(text)
  const macros: Macro[] = []
  for (const section of sections) {
    const macro = macroOf(section)
    if (typeof macro === 'string')
      problems.push({ line: section.line, message: macro })
    else macros.push(macro)
  }
  return { macros: macroMap(macros), problems: problems.toSorted(byLine) }
}

/** The macro, or what is wrong with it. */
function macroOf({ name, settings }: ConfSection): Macro | string {
  const head = /^([\w:.-]+)(?:\((\d+)\))?$/.exec(name)
  const definition = settings.get('definition')
  const args = (settings.get('args') ?? '')
    .split(',')
    .map((a) => a.trim())
    .filter(Boolean)
  if (!head) return `"${name}" is not a macro's name`
  if (definition === undefined) return `macro "${name}" has no definition`
  if (isTrue(settings.get('iseval')))
    return `macro "${name}" is computed (iseval), which is not supported`
  const count = Number(head[2] ?? 0)
  if (count !== args.length)
    return `macro "${name}" says ${count} arguments and names ${args.length}`
  return { name: head[1]!, args, definition }
}
