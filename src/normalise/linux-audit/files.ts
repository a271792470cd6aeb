// Which files did the call concern? PATH records say how each took part (nametype): the parent directory, what was
// created, what was deleted, or what was simply there.
import { entryOf } from '../../base/entry.ts'
import type { SourceRecord, Value } from '../../base/record.ts'

import { resolvePath } from './path.ts'
import type { Syscall } from './syscall.ts'
import { executing } from './syscall.ts'
import type { Get, Items, View } from './view.ts'

interface Target {
  readonly path: string
  readonly mode: number | undefined
  /** Whose the file is, by number; by name where only that is told. */
  readonly owner: string | undefined
}

export interface Files {
  /** What the call was about: created, else deleted, else found. Nothing for the binaries of an execve. */
  readonly targets: (record: SourceRecord) => readonly Target[]
  readonly hasKind: (record: SourceRecord, kind: string) => boolean
}

export function filesOf(view: View, syscall: Syscall): Files {
  const names = view.items('name')
  const kinds = view.items('nametype')
  const olderKinds = view.items('objtype')
  const modes = view.items('mode')
  const owners = view.items('ouid')
  const ownerNames = view.items('OUID')
  const directory = view.text('cwd')
  const kindsOf = (r: SourceRecord) => {
    const list = kinds(r)
    return list.length ? list : olderKinds(r)
  }
  return {
    targets(r) {
      const paths = names(r)
      if (!paths.length || executing.has(syscall.action(r) ?? '')) return []
      const kind = kindsOf(r)
      const wanted = wantedKinds.find((k) => kind.includes(k))
      const mode = alignedTo(paths, modes(r))
      const owner = alignedTo(paths, owners(r))
      const ownerName = alignedTo(paths, ownerNames(r))
      const cwd = directory(r)
      return paths.flatMap((path, i) => {
        if (!path || path === '(null)') return []
        if (wanted !== undefined && kind[i] !== wanted) return []
        return {
          path: resolvePath(path, cwd) ?? path,
          mode: modeOf(mode?.[i]),
          owner: owner?.[i] || ownerName?.[i] || undefined,
        }
      })
    },
    hasKind: (r, kind) => kindsOf(r).includes(kind),
  }
}

const wantedKinds = ['CREATE', 'DELETE', 'NORMAL', 'UNKNOWN']

/** mode and ouid belong to PATH only as long as there is one for each name: IPC, MQ_OPEN and OBJ_PID have them too. */
function alignedTo(paths: Items, items: Items): Items | undefined {
  return items.length === paths.length ? items : undefined
}

/** In octal digits, or in the words of `ausearch -i`: `dir,sticky,777`. */
function modeOf(text: string | null | undefined): number | undefined {
  if (!text) return undefined
  if (/^[0-7]{1,7}$/.test(text)) return Number.parseInt(text, 8)
  const m = /^([a-z]{1,9}|[0-7]{2,3})((?:,[a-z]{4,6}){0,3}),([0-7]{3,4})$/.exec(
    text,
  )
  if (!m) return undefined
  const [, type, bits, permissions] = m
  let mode = Number.parseInt(permissions!, 8)
  for (const bit of bits!.split(',').slice(1)) {
    const value = entryOf(interpretedBits, bit)
    if (value === undefined) return undefined
    mode |= value
  }
  const number = entryOf(interpretedTypes, type!) ?? Number.parseInt(type!, 8)
  return Number.isNaN(number) ? undefined : mode | (number << 12)
}

// auparse/interpret.c, print_mode; its table of types, by S_IFMT.
const interpretedTypes: Readonly<Record<string, number>> = {
  fifo: 1,
  character: 2,
  dir: 4,
  block: 6,
  file: 8,
  link: 10,
  socket: 12,
}
const interpretedBits: Readonly<Record<string, number>> = {
  suid: 0o4000,
  sgid: 0o2000,
  sticky: 0o1000,
}

/** One value, a list of several, or nothing. */
export function oneOrMany(values: readonly string[]): Value | undefined {
  return values.length > 1 ? values : values[0]
}

// include/uapi/linux/stat.h, S_IFMT.
const types: Readonly<Record<number, string>> = {
  1: 'fifo',
  2: 'character device',
  4: 'directory',
  6: 'block device',
  8: 'file',
  10: 'symbolic link',
  12: 'socket',
}

export function fileType(mode: number): string | undefined {
  return types[(mode >> 12) & 0xf]
}

/** `0755` */
export function filePermissions(mode: number): string {
  return `0${(mode & 0o7777).toString(8)}`
}

const accesses = ['read', 'write', 'read-write'] as const

/** What a file was opened for: O_ACCMODE of the flags (include/uapi/asm-generic/fcntl.h). */
export function fileAccess(view: View, syscall: Syscall): Get<string> {
  const flags = openFlags(view, syscall)
  return (r) => {
    const f = flags(r)
    return f === undefined ? undefined : accesses[f & 3]
  }
}

export function openFlags(view: View, syscall: Syscall): Get<number> {
  const a1 = view.register('a1')
  const a2 = view.register('a2')
  const oflag = view.text('oflag')
  return (r) => {
    switch (syscall.name(r)) {
      case 'open':
        return a1(r)
      case 'creat':
        return O_CREAT | O_WRONLY
      case 'openat':
      case 'open_by_handle_at':
        return a2(r)
      case 'openat2': {
        const text = oflag(r)
        return text && /^0[0-7]{1,10}$/.test(text)
          ? Number.parseInt(text, 8)
          : undefined
      }
      default:
        return undefined
    }
  }
}

export const O_WRONLY = 1
export const O_CREAT = 0o100
