// What the kernel's process connector tells: starts, forks, ends, who traces whom.
// Source: include/uapi/linux/cn_proc.h, include/uapi/linux/connector.h.

export type ProcessMessage =
  | { readonly kind: 'fork'; readonly pid: number; readonly child: number }
  | { readonly kind: 'exec'; readonly pid: number }
  | { readonly kind: 'exit'; readonly pid: number }
  /** `tracer` 0: nobody any more. */
  | { readonly kind: 'ptrace'; readonly pid: number; readonly tracer: number }

export interface TimedMessage {
  readonly what: ProcessMessage
  /** Nanoseconds of the monotonic clock. */
  readonly time: bigint
}

/** Heads of netlink and of the connector. */
const headBytes = 36
const kinds = { fork: 1, exec: 2, ptrace: 0x100, exit: 0x8000_0000 } as const

/** undefined: it is of another kind, or of a thread. */
export function processMessage(datagram: Buffer): TimedMessage | undefined {
  if (datagram.length < headBytes + 32) return undefined
  const what = whatOf(datagram)
  return what && { what, time: datagram.readBigUInt64LE(44) }
}

function whatOf(datagram: Buffer): ProcessMessage | undefined {
  const at = (offset: number) => datagram.readInt32LE(offset)
  // Each process by the pid of the thread and that of the process.
  const isProcess = (offset: number) => at(offset) === at(offset + 4)
  switch (datagram.readUInt32LE(headBytes)) {
    case kinds.fork:
      return isProcess(60)
        ? { kind: 'fork', pid: at(56), child: at(64) }
        : undefined
    case kinds.exec:
      return { kind: 'exec', pid: at(56) }
    case kinds.exit:
      return isProcess(52) ? { kind: 'exit', pid: at(56) } : undefined
    case kinds.ptrace:
      return { kind: 'ptrace', pid: at(56), tracer: at(64) }
    default:
      return undefined
  }
}

/** PROC_CN_MCAST_LISTEN, to who sends them. */
export function listenRequest(): Buffer {
  const message = Buffer.alloc(40)
  message.writeUInt32LE(message.length, 0)
  // NLMSG_DONE
  message.writeUInt16LE(3, 4)
  // CN_IDX_PROC, CN_VAL_PROC
  message.writeUInt32LE(1, 16)
  message.writeUInt32LE(1, 20)
  message.writeUInt16LE(4, 32)
  message.writeUInt32LE(1, 36)
  return message
}
