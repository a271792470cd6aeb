// What may the opener do? Access masks come as `0x1fffff`, `0x001FFFFF`, `2097151` or a number; rules should compare
// rights, not spellings.
import type { Value } from '../../base/record.ts'

/** Longest mask text looked at: `0x` and 16 digits. */
const maxMaskText = 18

/** The mask as a number; undefined where the value is none. */
export function accessMask(value: Value | undefined): number | undefined {
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= 0 ? value : undefined
  }
  if (typeof value !== 'string' || value.length > maxMaskText) return undefined
  return /^(?:0x[0-9a-f]{1,16}|\d+)$/i.test(value) ? Number(value) : undefined
}

type Bits = readonly (readonly [bit: number, name: string])[]

// Microsoft Learn, "Access Mask Format" and "Standard Access Rights".
const standardRights: Bits = [
  [0x10000, 'DELETE'],
  [0x20000, 'READ_CONTROL'],
  [0x40000, 'WRITE_DAC'],
  [0x80000, 'WRITE_OWNER'],
  [0x100000, 'SYNCHRONIZE'],
  [0x1000000, 'ACCESS_SYSTEM_SECURITY'],
  [0x2000000, 'MAXIMUM_ALLOWED'],
  [0x10000000, 'GENERIC_ALL'],
  [0x20000000, 'GENERIC_EXECUTE'],
  [0x40000000, 'GENERIC_WRITE'],
  [0x80000000, 'GENERIC_READ'],
]

// Microsoft Learn, "Process Security and Access Rights".
const processBits: Bits = [
  [0x1, 'TERMINATE'],
  [0x2, 'CREATE_THREAD'],
  [0x4, 'SET_SESSIONID'],
  [0x8, 'VM_OPERATION'],
  [0x10, 'VM_READ'],
  [0x20, 'VM_WRITE'],
  [0x40, 'DUP_HANDLE'],
  [0x80, 'CREATE_PROCESS'],
  [0x100, 'SET_QUOTA'],
  [0x200, 'SET_INFORMATION'],
  [0x400, 'QUERY_INFORMATION'],
  [0x800, 'SUSPEND_RESUME'],
  [0x1000, 'QUERY_LIMITED_INFORMATION'],
  [0x2000, 'SET_LIMITED_INFORMATION'],
  ...standardRights,
]

// Microsoft Learn, "File Access Rights Constants"; a pipe's bit 0x4 is FILE_CREATE_PIPE_INSTANCE.
const fileBits: Bits = [
  [0x1, 'READ_DATA'],
  [0x2, 'WRITE_DATA'],
  [0x4, 'APPEND_DATA'],
  [0x8, 'READ_EA'],
  [0x10, 'WRITE_EA'],
  [0x20, 'EXECUTE'],
  [0x40, 'DELETE_CHILD'],
  [0x80, 'READ_ATTRIBUTES'],
  [0x100, 'WRITE_ATTRIBUTES'],
  ...standardRights,
]

// Microsoft Learn, "Registry Key Security and Access Rights".
const keyBits: Bits = [
  [0x1, 'QUERY_VALUE'],
  [0x2, 'SET_VALUE'],
  [0x4, 'CREATE_SUB_KEY'],
  [0x8, 'ENUMERATE_SUB_KEYS'],
  [0x10, 'NOTIFY'],
  [0x20, 'CREATE_LINK'],
  ...standardRights,
]

const bitsOf = {
  process: processBits,
  file: fileBits,
  key: keyBits,
  other: standardRights,
} as const satisfies Record<string, Bits>

export type SecuredObject = keyof typeof bitsOf

/** Masks repeat; their number is bounded all the same, since they come from input. */
const maxKnownMasks = 4096
const known = new Map<string, readonly string[]>()

/** The rights of a mask by name; undefined where the value is no mask. */
export function accessRights(
  value: Value | undefined,
  object: SecuredObject,
): readonly string[] | undefined {
  const mask = accessMask(value)
  if (mask === undefined) return undefined
  const key = `${object} ${mask}`
  let rights = known.get(key)
  if (!rights) {
    rights = bitsOf[object]
      .filter(([bit]) => Math.floor(mask / bit) % 2 === 1)
      .map(([, name]) => name)
    if (known.size < maxKnownMasks) known.set(key, rights)
  }
  return rights
}

/** The audit events' ObjectType. */
export function securedObject(type: string | undefined): SecuredObject {
  switch (type?.toLowerCase()) {
    case 'process':
      return 'process'
    case 'file':
    case 'pipe':
      return 'file'
    case 'key':
      return 'key'
    default:
      return 'other'
  }
}
