// What is wrong with one document, under Sigma's codes.
import { ProblemList } from '../../rule-text/problems.ts'

import type { SigmaCode } from './codes.ts'
import { sigmaCodes } from './codes.ts'

export type Problems = ProblemList<SigmaCode>

/** Whether a code is an error, a warning or a note stands in `sigmaCodes`. */
export function problemsOf(file: string): Problems {
  return new ProblemList(file, (code) => sigmaCodes[code].severity)
}
