// Is a text an IP address, and how is one written? Read strictly, as Python's `ipaddress` reads them: no leading zeros in
// IPv4, no brackets, no ports. Written as RFC 5952 says.

/** Version and the address as groups of 16 bits: IPv4 has two, IPv6 eight. */
export interface Address {
  readonly version: 4 | 6
  readonly groups: readonly number[]
}

/** The longest text of an IPv6 address with an IPv4 tail, and of an interface's name with its `%`. */
const maxAddressText = 45
const maxZoneText = 64

/** The zone of an IPv6 address (fe80::1%12, RFC 4007) names an interface, not a network, and is passed over. */
export function readAddress(text: string): Address | undefined {
  if (text.length < 2 || text.length > maxAddressText + maxZoneText) {
    return undefined
  }
  if (!text.includes(':')) {
    const groups = readV4(text)
    return groups && { version: 4, groups }
  }
  const zone = text.indexOf('%')
  if (zone === text.length - 1) return undefined
  const groups = readV6(zone < 0 ? text : text.slice(0, zone))
  return groups && { version: 6, groups }
}

/** The IPv4 address that an IPv6 one carries (::ffff:10.0.0.1), as dual-stack sockets show it. */
export function mappedAddress(address: Address): Address | undefined {
  const g = address.groups
  if (address.version !== 6 || g[5] !== 0xffff) return undefined
  for (let i = 0; i < 5; i++) if (g[i] !== 0) return undefined
  return { version: 4, groups: [g[6]!, g[7]!] }
}

/** The first `prefix` bits, the others zero. */
export function networkOf(
  { version, groups }: Address,
  prefix: number,
): Address {
  return {
    version,
    groups: groups.map((g, i) => {
      const kept = Math.min(16, Math.max(0, prefix - i * 16))
      return g & ~(0xffff >> kept) & 0xffff
    }),
  }
}

/** RFC 5952: lower case, the longest run of zeros shortened; a mapped address in its own form. */
export function formatAddress(address: Address): string {
  if (address.version === 4) return formatV4(address.groups)
  const carried = mappedAddress(address)
  if (carried) return `::ffff:${formatV4(carried.groups)}`
  const { groups } = address
  let best = -1
  let bestLength = 1
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (i + length < 8 && groups[i + length] === 0) length++
    if (length > bestLength) {
      best = i
      bestLength = length
    }
  }
  const hex = groups.map((g) => g.toString(16))
  if (best < 0) return hex.join(':')
  return `${hex.slice(0, best).join(':')}::${hex.slice(best + bestLength).join(':')}`
}

function formatV4(groups: readonly number[]): string {
  return groups.flatMap((g) => [g >> 8, g & 0xff]).join('.')
}

function readV4(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  const bytes: number[] = []
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)
      return undefined
    bytes.push(Number(part))
  }
  const [a, b, c, d] = bytes as [number, number, number, number]
  return [(a << 8) | b, (c << 8) | d]
}

/** RFC 4291, 2.2: groups of 16 bits, one `::` for a run of zeros, the last 32 bits perhaps as IPv4. */
function readV6(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = readGroups(halves[0]!, halves.length === 1)
  const tail = halves.length === 2 ? readGroups(halves[1]!, true) : []
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}

/** Groups between colons; the last may be an IPv4 address if the half ends the text. */
function readGroups(half: string, ends: boolean): number[] | undefined {
  if (half === '') return []
  const groups: number[] = []
  const parts = half.split(':')
  for (const [i, part] of parts.entries()) {
    if (ends && i === parts.length - 1 && part.includes('.')) {
      const v4 = readV4(part)
      if (!v4) return undefined
      for (const group of v4) groups.push(group)
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16))
    } else return undefined
  }
  return groups
}
