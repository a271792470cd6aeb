// The System part of a Windows event, from whatever file: its names as Sigma has them (the tag, or tag and attribute:
// `Execution_ProcessID`), which of them are numbers, and how their values are written.
import { entryOf } from '../base/entry.ts'
import type { Value } from '../base/record.ts'

/** Numbers in every format, also where one writes them as text. */
export const systemNumbers: ReadonlySet<string> = new Set([
  'EventID',
  'Qualifiers',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'EventRecordID',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'Execution_ProcessorID',
  'Execution_SessionID',
  'Execution_KernelTime',
  'Execution_UserTime',
  'Execution_ProcessorTime',
])

/** Where attributes go by another name than Tag_Attribute. Sysmon for Linux writes `UserId`. */
const renamed: { readonly [name: string]: string } = {
  EventID_Qualifiers: 'Qualifiers',
  Security_UserId: 'Security_UserID',
}

export function systemName(tagAndAttribute: string): string {
  return entryOf(renamed, tagAndAttribute) ?? tagAndAttribute
}

const decimal = /^\d{1,15}$/

/** Decimal text becomes a number where that loses nothing. */
export function numberOf<T>(value: T): T | number {
  return typeof value === 'string' && decimal.test(value)
    ? Number(value)
    : value
}

/** Keywords as a signed number or decimal text: 64 bits, written as Windows writes them. */
export function keywordsOf(value: Value | undefined): Value | undefined {
  const isInteger =
    typeof value === 'number'
      ? Number.isInteger(value)
      : typeof value === 'string' && /^-?\d{1,20}$/.test(value)
  if (!isInteger) return value
  const bits = BigInt.asUintN(64, BigInt(value as number | string))
  return `0x${bits.toString(16)}`
}

/** The levels of winmeta.h, as renderers name them. */
const levels: { readonly [word: string]: number } = {
  critical: 1,
  error: 2,
  warning: 3,
  information: 4,
  verbose: 5,
}

/** A level's word becomes its number; what is no level stays. */
export function levelOf(value: Value | undefined): Value | undefined {
  if (typeof value !== 'string') return value
  return entryOf(levels, value.toLowerCase()) ?? numberOf(value)
}

// evtx_dump writes GUID-typed values without the braces that Windows shows.
export function bracedGuid(value: Value | undefined): Value | undefined {
  if (typeof value !== 'string' || !/^[\da-f]{8}-[\da-f-]{27}$/i.test(value)) {
    return value
  }
  return `{${value.toUpperCase()}}`
}

/** How a value of the System part is written, whoever wrote it. */
export function systemValue(
  name: string,
  value: Value | undefined,
): Value | undefined {
  if (name === 'Keywords') return keywordsOf(value)
  if (name === 'Level') return levelOf(value)
  return systemNumbers.has(name) ? numberOf(value) : value
}

/** Does `systemValue` ever change a value of this name? */
export function isRewritten(name: string): boolean {
  return name === 'Keywords' || systemNumbers.has(name)
}

export function isNamespace(attribute: string): boolean {
  return attribute === 'xmlns' || attribute.startsWith('xmlns:')
}
