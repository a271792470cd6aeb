// What a sensor's call says beyond its names: which system call it was, what ptrace asked for, and of which process.
import type { Shape, SourceRecord, Value } from '../base/record.ts'

import { entryOf } from '../base/entry.ts'
import { ptraceRequestName } from './linux-audit/process-access.ts'
import type { Derive } from './provider.ts'
import { textOf } from './read-first.ts'
import { type Row, worked } from './row.ts'
import { wholeNumber } from './whole-number.ts'

/** Functions of the kernel that stand for one call alone. */
const callOfFunction: Readonly<Record<string, string>> = {
  process_exec: 'execve',
  sched_process_exec: 'execve',
  ptrace_attach: 'ptrace',
  process_vm_write: 'process_vm_writev',
  process_vm_rw: 'process_vm_writev',
  socket_connect: 'connect',
  socket_bind: 'bind',
}

/** Names that are no call of their own. */
const noCalls =
  /^(?:process_|sched_|procexit|spawn$|file_|vfs_|inode_|mem_|net_|tcp_|unix_|io_uring_|shm_open|socket_)/

const systemCall = (call: string): string | undefined => {
  const known = entryOf(callOfFunction, call)
  if (known) return known
  const isCall = /^process_(?:vm_|madvise|mrelease)/.test(call)
  return !isCall && noCalls.test(call) ? undefined : call || undefined
}

/** Where arguments have names. */
const requestNames = ['output_fields.evt.arg.request', 'args.request']
const targetNames = ['output_fields.evt.arg.pid', 'args.pid', 'args.target_pid']
/** Tetragon numbers none of the arguments that its policy asked for, but keeps their order. */
const integers = ['args.int_arg', 'args.long_arg', 'args.size_arg']

export function callRows(call: string, shape: Shape): Row[] {
  const name = systemCall(call)
  const numbers = integersOf(shape)
  const request = firstOf(shape, requestNames)
  const target = firstOf(shape, targetNames)
  const isPtrace = name === 'ptrace'
  const requestAt = (r: SourceRecord): string | undefined => {
    if (!isPtrace) return undefined
    const said = request(r) ?? numbers(r)[0]
    return said === undefined
      ? undefined
      : ptraceRequestName(textOf(said) ?? '')
  }
  return [
    worked('SyscallName', [], () => name),
    worked('PtraceRequest', [...requestNames, ...integers], requestAt),
    worked('TargetProcessId', [...targetNames, ...integers], (r) => {
      const said = target(r)
      if (said !== undefined) return leadingNumber(said)
      if (!name || !takesPid.has(name)) return undefined
      const all = numbers(r)
      // One number alone is the request if there is such a request, else the process.
      const hasRequest = isPtrace && requestAt(r)?.startsWith('PTRACE_')
      return wholeNumber(all[hasRequest ? 1 : 0])
    }),
  ]
}

const takesPid: ReadonlySet<string> = new Set([
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
])

function firstOf(shape: Shape, names: readonly string[]): Derive {
  const positions = names.map((n) => shape.indexOf(n)).filter((i) => i >= 0)
  return (r) => {
    for (const i of positions) {
      const value = r.value(i)
      if (value !== undefined && value !== null && value !== '') return value
    }
    return undefined
  }
}

function integersOf(shape: Shape): (record: SourceRecord) => readonly Value[] {
  const first = firstOf(shape, integers)
  return (r) => [first(r) ?? []].flat() as readonly Value[]
}

/** Falco writes `15000(bash)`. */
function leadingNumber(value: Value): number | undefined {
  return wholeNumber(/^\d{1,10}/.exec(textOf(value) ?? '')?.[0])
}
