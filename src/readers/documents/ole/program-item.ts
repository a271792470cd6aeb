// What is said of objects by their class: the editor of equations runs what its data overflow into, so its text is told.
import type { DocumentItem } from '../item.ts'

const printable = /[\x20-\x7e]{6,512}/g
const maxStrings = 16

export function programItem(
  program: string,
  native: Buffer,
): Partial<DocumentItem> {
  if (!/^Equation(?:\.\d)?$/i.test(program) || native.length === 0) return {}
  const strings = native.toString('latin1', 0, 64 * 1024).match(printable) ?? []
  return strings.length
    ? { around: strings.slice(0, maxStrings).join(' | ') }
    : {}
}
