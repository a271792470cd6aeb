// The few calls of libc that sensors of Linux need. Each gives -1 where it failed; `errno` then says why.
// Sources: socket(2), bind(2), recv(2), send(2), close(2), setsockopt(2), unshare(2), mount(2), netlink(7).
import { constants } from 'node:os'

import { native } from '../native.ts'

export interface Libc {
  socket(domain: number, type: number, protocol: number): number
  bind(fd: number, address: Buffer, length: number): number
  setsockopt(
    fd: number,
    level: number,
    name: number,
    value: Buffer,
    length: number,
  ): number
  recv(fd: number, buffer: Buffer, length: number, flags: number): number
  send(fd: number, buffer: Buffer, length: number, flags: number): number
  /** Of what was opened here: Node counts what it opened itself. */
  close(fd: number): number
  unshare(flags: number): number
  mount(
    source: string,
    target: string,
    type: string | null,
    flags: number,
    data: string | null,
  ): number
  /** Of the last call that failed. */
  errno(): number
}

let opened: Libc | undefined

export function libc(): Libc | undefined {
  const koffi = native()
  if (opened || !koffi) return opened
  const lib = koffi.load(null)
  const of = <K extends Exclude<keyof Libc, 'errno'>>(signature: string) =>
    lib.func(signature) as Libc[K]
  opened = {
    socket: of<'socket'>('int socket(int, int, int)'),
    bind: of<'bind'>('int bind(int, uint8_t*, uint32_t)'),
    setsockopt: of<'setsockopt'>(
      'int setsockopt(int, int, int, uint8_t*, uint32_t)',
    ),
    recv: of<'recv'>('long recv(int, _Out_ uint8_t*, size_t, int)'),
    send: of<'send'>('long send(int, uint8_t*, size_t, int)'),
    close: of<'close'>('int close(int)'),
    unshare: of<'unshare'>('int unshare(int)'),
    mount: of<'mount'>(
      'int mount(const char*, const char*, const char*, unsigned long, const char*)',
    ),
    errno: () => koffi.errno(),
  }
  return opened
}

/** `EPERM`, for a person. */
export function errnoName(errno: number): string {
  const [name] =
    Object.entries(constants.errno).find(([, n]) => n === errno) ?? []
  return name ?? `error ${errno}`
}
