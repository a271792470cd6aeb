// Datagrams of the kernel: through sockets that Node does not have. A read never waits: one that did would keep a thread of Node for ever.
// Sources: netlink(7), include/uapi/linux/netlink.h.
import { errnoName, libc } from './libc.ts'

const AF_NETLINK = 16
const SOCK_RAW = 3
const SOCK_NONBLOCK = 0x800
const SOL_SOCKET = 1
const SO_RCVBUFFORCE = 33
const MSG_DONTWAIT = 0x40
/** Bytes that the kernel keeps for it. */
const roomBytes = 16 * 1024 * 1024
const datagramBytes = 64 * 1024

export interface Datagrams {
  readonly datagrams: readonly Buffer[]
  /** The kernel had no room for some. */
  readonly isLossy: boolean
}

/** Most that are read at once. */
const maxAtOnce = 5_000

export class Netlink {
  readonly #fd: number
  readonly #buffer = Buffer.alloc(datagramBytes)

  /** `groups`: a mask of multicast groups. Throws with the kernel's reason. */
  constructor(protocol: number, groups: number) {
    const c = libc()
    if (!c) throw new Error('koffi is not there')
    this.#fd = c.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, protocol)
    if (this.#fd < 0) throw new Error(`socket: ${errnoName(c.errno())}`)
    const room = Buffer.alloc(4)
    room.writeInt32LE(roomBytes)
    c.setsockopt(this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, room, 4)
    const address = Buffer.alloc(12)
    address.writeUInt16LE(AF_NETLINK, 0)
    address.writeUInt32LE(groups, 8)
    if (c.bind(this.#fd, address, address.length) < 0) {
      const why = errnoName(c.errno())
      this.close()
      throw new Error(`bind: ${why}`)
    }
  }

  send(message: Buffer): void {
    const c = libc()!
    if (c.send(this.#fd, message, message.length, 0) < 0)
      throw new Error(`send: ${errnoName(c.errno())}`)
  }

  read(): Datagrams {
    const c = libc()!
    const datagrams: Buffer[] = []
    let isLossy = false
    while (datagrams.length < maxAtOnce) {
      const n = Number(
        c.recv(this.#fd, this.#buffer, datagramBytes, MSG_DONTWAIT),
      )
      if (n > 0) datagrams.push(Buffer.from(this.#buffer.subarray(0, n)))
      else if (n < 0 && errnoName(c.errno()) === 'ENOBUFS') isLossy = true
      else break
    }
    return { datagrams, isLossy }
  }

  close(): void {
    libc()!.close(this.#fd)
  }
}

/** A request: its kind, and what it carries. */
export function netlinkMessage(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32LE(16 + body.length, 0)
  head.writeUInt16LE(type, 4)
  // NLM_F_REQUEST
  head.writeUInt16LE(1, 6)
  return Buffer.concat([head, body])
}
