// What does `saddr` say? A raw sockaddr in hex: the family in the machine's byte order, then the family's own fields in
// network order (include/linux/socket.h, un.h, in.h, in6.h). auditd's ENRICHED format and ausearch write it in words.

import { formatAddress } from './address.ts'

export interface SocketAddress {
  /** `unix`, `inet`, `inet6`, `netlink`, … as systemd and ss call them; the number where it has no name here. */
  readonly family: string
  /** As the program wrote it; an abstract name begins with `@`. Absent for an unnamed socket. */
  readonly path?: string
  readonly ip?: string
  readonly port?: number
}

/** `addressLength`: what the program passed, where known; a unix path in a longer buffer ends at its first NUL. */
export function parseSocketAddress(
  saddr: string,
  addressLength?: number,
): SocketAddress | undefined {
  if (saddr.includes('fam=')) return parseWords(saddr)
  if (!/^(?:[0-9A-Fa-f]{2}){2,128}/.test(saddr)) return undefined
  const bytes = Buffer.from(saddr.slice(0, maxAddressBytes * 2), 'hex')
  if (bytes.length < 2) return undefined
  const big = bytes[0] === 0 && bytes[1] !== 0
  const number = big ? bytes.readUInt16BE(0) : bytes.readUInt16LE(0)
  const family = families[number] ?? String(number)
  if (family === 'unix') {
    const path = unixPath(bytes, addressLength)
    return path ? { family, path } : { family }
  }
  if (family === 'inet' && bytes.length >= 8) {
    return {
      family,
      ip: ipAt(bytes, 4, 4),
      port: bytes.readUInt16BE(2),
    }
  }
  if (family === 'inet6' && bytes.length >= 24) {
    return { family, ip: ipAt(bytes, 6, 8), port: bytes.readUInt16BE(2) }
  }
  return { family }
}

/** sizeof(struct sockaddr_storage). */
const maxAddressBytes = 128

// include/linux/socket.h
const families: Readonly<Record<number, string>> = {
  0: 'unspec',
  1: 'unix',
  2: 'inet',
  3: 'ax25',
  4: 'ipx',
  10: 'inet6',
  16: 'netlink',
  17: 'packet',
  29: 'can',
  30: 'tipc',
  31: 'bluetooth',
  38: 'alg',
  40: 'vsock',
  44: 'xdp',
}

function unixPath(bytes: Buffer, addressLength: number | undefined): string {
  if (bytes[2] !== 0) {
    // The rest of a longer buffer is whatever lay on the stack.
    const end = bytes.indexOf(0, 2)
    return bytes.toString('utf8', 2, end < 0 ? bytes.length : end)
  }
  // An abstract name is as long as the call said; NULs within it are shown as `@`, as /proc/net/unix does.
  let end = bytes.length
  const known = addressLength !== undefined && addressLength > 3
  if (known && addressLength < end) end = addressLength
  while (end > 3 && bytes[end - 1] === 0) end--
  if (end <= 3) return ''
  return `@${bytes.toString('utf8', 3, end).replaceAll('\0', '@')}`
}

function ipAt(bytes: Buffer, version: 4 | 6, at: number): string {
  const groups = Array.from({ length: version === 4 ? 2 : 8 }, (_, i) =>
    bytes.readUInt16BE(at + i * 2),
  )
  return formatAddress({ version, groups })
}

const words =
  /^(?:saddr_)?fam=(\S{1,32})(?: (?:(?:path=(.*))|(?:l?addr=(\S{1,64})(?: l?(?:port|serv)=(\d{1,5}))?)))?/s

function parseWords(text: string): SocketAddress | undefined {
  const isBraced = text.length > 1 && text.startsWith('{') && text.endsWith('}')
  const inner = isBraced ? text.slice(1, -1).trim() : text
  const m = words.exec(inner)
  if (!m) return undefined
  const family = m[1] === 'local' ? 'unix' : m[1]!
  const [, , path, ip, port] = m
  if (path !== undefined) return { family, path: path.trim() }
  if (ip === undefined) return { family }
  return port === undefined
    ? { family, ip }
    : { family, ip, port: Number(port) }
}
