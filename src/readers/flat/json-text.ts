// What does JSON text say, wherever it stands: a line, an object within a document, a member's text? Both values of a name that stands twice;
// of what costs more than any record is worth, the beginning.
import {
  checkCost,
  countNames,
  namesIn,
  namesOf,
  TooCostly,
} from './json-names.ts'
import { parseDoubled, salvageBeginning } from './salvage.ts'

export interface JsonText {
  readonly value: unknown
  /** What is not in the value, in words. */
  readonly damage?: string
}

/** Throws a SyntaxError where it is no JSON, and `TooCostly` where nothing of it could be kept. */
export function jsonOf(bytes: Buffer, from: number, to: number): JsonText {
  try {
    checkCost(bytes, from, to)
  } catch (error) {
    if (!(error instanceof TooCostly)) throw error
    return beginningOf(bytes.toString('utf8', from, to), error)
  }
  const text = bytes.toString('utf8', from, to)
  const value: unknown = JSON.parse(text)
  const names = namesOf(value)
  if (namesIn(bytes, from, to) === names) return { value }
  // Written in an uncommon way, or a name stands twice.
  if (countNames(bytes, from, to) === names) return { value }
  const both = parseDoubled(text)
  if (both !== undefined) return { value: both }
  const damage = 'a name stands twice in one object; the last value was kept'
  return { value, damage }
}

/** The same of text that was decoded before. */
export function jsonOfText(text: string): JsonText {
  const bytes = Buffer.from(text)
  return jsonOf(bytes, 0, bytes.length)
}

function beginningOf(text: string, error: TooCostly): JsonText {
  const saved = salvageBeginning(text)
  if (!saved) throw error
  const kept = Object.keys(saved.object).length
  const damage = `it holds ${error.message}; the first ${kept} members kept`
  return { value: saved.object, damage }
}
