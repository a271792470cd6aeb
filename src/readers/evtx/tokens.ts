// The tokens of binary XML, after [MS-EVEN6] 2.2.12.
import { valueType } from './value.ts'

export const token = {
  end: 0x00,
  open: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  closeElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  charReference: 0x08,
  entityReference: 0x09,
  instructionTarget: 0x0a,
  instructionData: 0x0b,
  templateInstance: 0x0c,
  substitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragmentHeader: 0x0f,
} as const

/** Says that more of the same follows, or that an element has attributes. */
export const moreFlag = 0x40

export const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** Bytes of the types that a literal may have besides text. */
export const literalBytes: Readonly<Record<number, number>> = {
  [valueType.null]: 0,
  [valueType.int8]: 1,
  [valueType.uint8]: 1,
  [valueType.int16]: 2,
  [valueType.uint16]: 2,
  [valueType.int32]: 4,
  [valueType.uint32]: 4,
  [valueType.int64]: 8,
  [valueType.uint64]: 8,
  [valueType.real32]: 4,
  [valueType.real64]: 8,
  [valueType.bool]: 4,
  [valueType.guid]: 16,
  [valueType.filetime]: 8,
  [valueType.systemtime]: 16,
  [valueType.hex32]: 4,
  [valueType.hex64]: 8,
}

/** The token, then the version. */
export const fragmentHeaderBytes = 4

/** A fragment begins with its version, mostly; one that was put into a slot may lack it. */
export function skipFragmentHeader(
  b: Uint8Array,
  at: number,
  end: number,
): number {
  return at + fragmentHeaderBytes <= end && b[at] === token.fragmentHeader
    ? at + fragmentHeaderBytes
    : at
}
