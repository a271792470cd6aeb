// Which programs run what they are told, and under whom do they? A shell between an interpreter and who wanted it is no answer: the
// lineage goes up to the first program that is none.
import { languageOfInterpreter } from '../../scripts/language.ts'

import { hourName, hourOfWeek } from '../hour-of-week.ts'
import { ancestorsOf, type Process, programOf } from '../lineage/process.ts'
import { notKnown } from './kinds.ts'
import { plainPart } from './template.ts'

/** Those of Windows that a file's first line cannot name, and what else runs code that it is given. */
const others = new Set([
  'cmd.exe',
  'powershell_ise.exe',
  'wscript.exe',
  'cscript.exe',
  'mshta.exe',
  'awk',
  'gawk',
  'lua',
  'tclsh',
  'expect',
  'autoit3.exe',
])

export function isInterpreter(image: string | undefined): boolean {
  const program = programOf(image)
  return others.has(program) || languageOfInterpreter(program) !== undefined
}

/** Programs between an interpreter and the first that is none. */
const maxBetween = 4

/** `winword.exe > cmd.exe`, the nearest last; undefined: it is no interpreter. */
export function lineageOf(p: Process): string | undefined {
  if (!isInterpreter(p.image)) return undefined
  const line: string[] = []
  for (const ancestor of ancestorsOf(p)) {
    if (!/\w/.test(ancestor.image ?? '') || line.length > maxBetween) break
    line.unshift(programOf(ancestor.image))
    if (!isInterpreter(ancestor.image)) return line.join(' > ')
  }
  return [notKnown, ...line].join(' > ')
}

/** The first parts of a sighting; undefined: it is no interpreter. */
export function interpreterParts(
  image: string | undefined,
  lineage: string | undefined,
): readonly string[] | undefined {
  return image === undefined || lineage === undefined
    ? undefined
    : [plainPart(programOf(image)), plainPart(lineage)]
}

/** The first parts of a sighting of an interpreter in an hour of the week; undefined: it is none. */
export function hourParts(
  image: string | undefined,
  time: number | undefined,
): readonly string[] | undefined {
  return image === undefined || time === undefined || !isInterpreter(image)
    ? undefined
    : [plainPart(programOf(image)), hourName(hourOfWeek(time))]
}
