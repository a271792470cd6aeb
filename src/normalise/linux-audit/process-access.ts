// Who reached into which process, and how? Audit names the target of an attach only (OBJ_PID); for the other calls it is
// in a register, and pidfd_getfd's is unknowable.
import { entryOf } from '../../base/entry.ts'
import type { SourceRecord } from '../../base/record.ts'

import type { Syscall } from './syscall.ts'
import type { Get, View } from './view.ts'

// include/uapi/linux/ptrace.h and asm/ptrace-abi.h (x86; 12 to 15 are its own).
const requests: Readonly<Record<number, string>> = {
  0: 'PTRACE_TRACEME',
  1: 'PTRACE_PEEKTEXT',
  2: 'PTRACE_PEEKDATA',
  3: 'PTRACE_PEEKUSR',
  4: 'PTRACE_POKETEXT',
  5: 'PTRACE_POKEDATA',
  6: 'PTRACE_POKEUSR',
  7: 'PTRACE_CONT',
  8: 'PTRACE_KILL',
  9: 'PTRACE_SINGLESTEP',
  12: 'PTRACE_GETREGS',
  13: 'PTRACE_SETREGS',
  14: 'PTRACE_GETFPREGS',
  15: 'PTRACE_SETFPREGS',
  16: 'PTRACE_ATTACH',
  17: 'PTRACE_DETACH',
  24: 'PTRACE_SYSCALL',
  16896: 'PTRACE_SETOPTIONS',
  16897: 'PTRACE_GETEVENTMSG',
  16898: 'PTRACE_GETSIGINFO',
  16899: 'PTRACE_SETSIGINFO',
  16900: 'PTRACE_GETREGSET',
  16901: 'PTRACE_SETREGSET',
  16902: 'PTRACE_SEIZE',
  16903: 'PTRACE_INTERRUPT',
  16904: 'PTRACE_LISTEN',
  16905: 'PTRACE_PEEKSIGINFO',
  16906: 'PTRACE_GETSIGMASK',
  16907: 'PTRACE_SETSIGMASK',
  16908: 'PTRACE_SECCOMP_GET_FILTER',
  16909: 'PTRACE_SECCOMP_GET_METADATA',
  16910: 'PTRACE_GET_SYSCALL_INFO',
}

/** By number or by name; a number without a name is in hex. */
export function ptraceRequestName(text: string): string | undefined {
  if (text.startsWith('PTRACE_')) return text
  if (!/^\d{1,9}$/.test(text)) return undefined
  return requestOf(Number(text))
}

function requestOf(number: number): string {
  return requests[number] ?? `0x${number.toString(16)}`
}

export function ptraceRequest(view: View, syscall: Syscall): Get<string> {
  const text = view.text('a0')
  const register = view.register('a0')
  return (r) => {
    if (syscall.action(r) !== 'ptrace') return undefined
    const word = text(r)
    if (word?.startsWith('PTRACE_')) return word
    const number = register(r)
    if (number === undefined) return undefined
    return requestOf(number)
  }
}

/** Where the target's pid stands in the registers. */
const pidRegister: Readonly<Record<string, 'a0' | 'a1'>> = {
  ptrace: 'a1',
  process_vm_readv: 'a0',
  process_vm_writev: 'a0',
  pidfd_open: 'a0',
  kill: 'a0',
  tkill: 'a0',
  tgkill: 'a0',
}

const processMemory = /^\/proc\/(\d{1,10})\/(?:task\/\d{1,10}\/)?mem$/

/** The pid that a path of process memory names; 0 for the caller's own. */
export function memoryOwner(path: string): number | undefined {
  if (/^\/proc\/(?:self|thread-self)\/mem$/.test(path)) return 0
  const m = processMemory.exec(path)
  return m ? Number(m[1]) : undefined
}

export function targetProcessId(
  view: View,
  syscall: Syscall,
  paths: (record: SourceRecord) => readonly string[],
): Get<number> {
  const object = view.number('opid')
  const registers = { a0: view.register('a0'), a1: view.register('a1') }
  return (r) => {
    const known = object(r)
    if (known !== undefined) return known
    const action = syscall.action(r)
    const register =
      action === undefined ? undefined : entryOf(pidRegister, action)
    if (register) {
      const pid = registers[register](r)
      // kill takes groups as negative numbers, and nobody's pid is 0.
      return pid !== undefined && pid > 0 && pid <= maxPid ? pid : undefined
    }
    for (const path of paths(r)) {
      const owner = memoryOwner(path)
      if (owner) return owner
    }
    return undefined
  }
}

/** PID_MAX_LIMIT of a 64-bit kernel. */
const maxPid = 4_194_304
