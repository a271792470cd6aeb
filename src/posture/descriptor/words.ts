// A descriptor in plain words: who may launch, activate or reach what, and from where. COM's bits are those of `COM_RIGHTS_*` (objbase.h);
// of a pipe it is reading, writing and making instances (winnt.h: FILE_READ_DATA, FILE_WRITE_DATA, FILE_CREATE_PIPE_INSTANCE).
import type { FactValue } from '../facts/facts.ts'
import { readBinaryDescriptor } from './binary.ts'
import type { Descriptor, ReadDescriptor } from './descriptor.ts'
import { isSddl, readSddl } from './sddl.ts'
import { broadSids, sidName } from './sids.ts'

export type Rights = 'launch' | 'access' | 'pipe'

const EXECUTE = 0x1
const LOCAL = 0x2
const REMOTE = 0x4
const ACTIVATE_LOCAL = 0x8
const ACTIVATE_REMOTE = 0x10
const comBits = LOCAL | REMOTE | ACTIVATE_LOCAL | ACTIVATE_REMOTE
const genericAll = 0x10000000

/** A descriptor without the newer bits means both, local and remote (COM_RIGHTS_EXECUTE alone, as before Windows XP SP2). */
export function comMask(mask: number): number {
  if (mask & genericAll) return comBits | EXECUTE
  if (mask & EXECUTE && !(mask & comBits)) return comBits | EXECUTE
  return mask
}

const comWords = {
  launch: [
    [LOCAL, 'launch locally'],
    [REMOTE, 'launch remotely'],
    [ACTIVATE_LOCAL, 'activate locally'],
    [ACTIVATE_REMOTE, 'activate remotely'],
  ],
  access: [
    [LOCAL, 'access locally'],
    [REMOTE, 'access remotely'],
  ],
} as const

const pipeWords = [
  [0x1, 'read'],
  [0x2, 'write'],
  [0x4, 'make instances'],
] as const

const pipeGeneric = [
  [0x80000000, 0x1],
  [0x40000000, 0x6],
  [0x10000000, 0x7],
] as const

function rightsOf(mask: number, rights: Rights): string[] {
  const [bits, words] =
    rights === 'pipe'
      ? [pipeMask(mask), pipeWords]
      : [comMask(mask), comWords[rights]]
  return words.filter(([bit]) => bits & bit).map(([, word]) => word)
}

function pipeMask(mask: number): number {
  let bits = mask
  for (const [generic, means] of pipeGeneric) {
    if ((mask & generic) !== 0) bits |= means
  }
  return bits
}

/** `Everyone may launch locally, activate locally; Administrators may ...`. */
export function inWords(descriptor: Descriptor, rights: Rights): string {
  const { entries } = descriptor
  if (!entries) return 'no list: everybody may do everything'
  const said = entries.map(({ kind, sid, mask }) => {
    const words = rightsOf(mask, rights).join(', ') || 'nothing of this kind'
    return `${sidName(sid)} ${kind === 'allow' ? 'may' : 'may not'} ${words}`
  })
  return said.join('; ') || 'an empty list: nobody may do anything'
}

/** Broad groups that may act from another host (COM), or write (pipes): names and what they may. */
export function broadRights(descriptor: Descriptor, rights: Rights): string[] {
  if (!descriptor.entries) return ['everybody: there is no list']
  const denied = new Map<string, number>()
  const broad: string[] = []
  for (const { kind, sid, mask } of descriptor.entries) {
    const full = rights === 'pipe' ? pipeMask(mask) : comMask(mask)
    if (kind === 'deny') denied.set(sid, (denied.get(sid) ?? 0) | full)
    else if (broadSids.has(sid)) {
      const left =
        full & ~((denied.get(sid) ?? 0) | (denied.get(everyone) ?? 0))
      const far = rights === 'pipe' ? left & 0x6 : left & remoteOf(rights)
      if (far)
        broad.push(`${sidName(sid)} may ${rightsOf(left, rights).join(', ')}`)
    }
  }
  return broad
}

const everyone = 'S-1-1-0'

const remoteOf = (rights: 'launch' | 'access') =>
  rights === 'launch' ? REMOTE | ACTIVATE_REMOTE : REMOTE

/** Of a value of the registry, which holds either form. */
export function readDescriptor(value: FactValue): ReadDescriptor {
  if (value instanceof Uint8Array) return readBinaryDescriptor(value)
  if (typeof value === 'string' && isSddl(value)) return readSddl(value)
  return { fault: 'neither a self-relative descriptor nor SDDL' }
}
