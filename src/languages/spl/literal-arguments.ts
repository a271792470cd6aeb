// Arguments of functions that are written out: what they mean is known before anything is read, and so is whether they mean
// anything.
import type { Expression } from '../../ir/expression.ts'
import type { Argument, FunctionName } from '../../ir/functions.ts'
import { argumentAt, functions } from '../../ir/functions.ts'
import { parseSpan, parseSteps } from '../../meaning/moment.ts'
import { compileNetwork } from '../../meaning/network.ts'
import { formatProblem } from '../../meaning/time-format.ts'
import { checkPattern } from './patterns.ts'
import { SyntaxProblem } from './report.ts'

export function checkLiterals(
  name: FunctionName,
  of: readonly Expression[],
): void {
  of.forEach((argument, i) => {
    if (argument.kind !== 'literal' || typeof argument.value !== 'string')
      return
    const { value, at = 0 } = argument
    const problem = literalProblem(argumentAt(functions[name], i), value, at)
    if (problem) throw new SyntaxProblem('P006', `${name}(): ${problem}`, at)
  })
}

function literalProblem(
  kind: Argument,
  text: string,
  at: number,
): string | undefined {
  switch (kind) {
    case 'regex':
      checkPattern(text, at)
      return undefined
    case 'write-format':
      return formatProblem(text, 'write')
    case 'read-format':
      return formatProblem(text, 'read')
    case 'modifier':
      return parseSteps(text) ? undefined : `"${text}" is no time modifier`
    case 'span':
      return parseSpan(text) ? undefined : `"${text}" is no span of time`
    case 'network':
      return compileNetwork(text) ? undefined : `"${text}" is no network`
    default:
      return undefined
  }
}
