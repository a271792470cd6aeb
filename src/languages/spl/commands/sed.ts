// rex mode=sed: what its expression says.
import type { SedCommand } from '../../../ir/operator.ts'
import { checkPattern } from '../patterns.ts'
import { quote } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Syntax } from './syntax.ts'

/** Written as `rex mode=sed`. */
export const sed: Syntax<'sed'> = {
  words: [],
  options: {},
  print: (c) =>
    `rex field=${quote(c.field)} mode=sed ${quote(printSed(c.command))}`,
}

/**
 *     sed-expression = "s" mark pattern mark replacement mark flags
 *                    | "y" mark characters mark characters mark
 *     flags          = ["g" | occurrence] ["i"] ["g"]
 */
export function parseSed(text: string, at: number): SedCommand {
  const bad = (): never => {
    throw new SyntaxProblem(
      'P011',
      `"${text}" is not a sed expression, expected s/pattern/replacement/flags or y/from/to/`,
      at,
    )
  }
  const kind = text[0]
  const mark = text[1]
  if ((kind !== 's' && kind !== 'y') || !mark || /[\w\\\s]/.test(mark))
    return bad()
  const [from, to, flags, ...more] = sedParts(text.slice(2), mark)
  if (to === undefined || flags === undefined || more.length) return bad()
  if (kind === 'y') {
    if ([...from!].length !== [...to].length || flags.trim()) return bad()
    return { kind: 'y', from: from!, to }
  }
  const m = /^(?:(g)|([1-9]\d{0,3}))?(i)?(?:(g))?$/i.exec(flags.trim())
  if (!m) return bad()
  checkPattern(from!, at)
  return {
    kind: 's',
    pattern: from!,
    replacement: to,
    global: Boolean(m[1] ?? m[4]),
    ignoreCase: Boolean(m[3]),
    ...(m[2] ? { nth: Number(m[2]) } : {}),
  }
}

function sedParts(text: string, mark: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && i + 1 < text.length) {
      const next = text[++i]!
      part += next === mark || next === '/' ? next : `\\${next}`
    } else if (c === mark && parts.length < 2) {
      parts.push(part)
      part = ''
    } else part += c
  }
  parts.push(part)
  return parts
}

function printSed(c: SedCommand): string {
  if (c.kind === 'y') return `y/${slashes(c.from)}/${slashes(c.to)}/`
  const flags = `${c.nth ?? ''}${c.ignoreCase ? 'i' : ''}${c.global ? 'g' : ''}`
  return `s/${slashes(c.pattern)}/${slashes(c.replacement)}/${flags}`
}

function slashes(text: string): string {
  return text.replace(/\\[\s\S]|\//g, (m) => (m === '/' ? '\\/' : m))
}
