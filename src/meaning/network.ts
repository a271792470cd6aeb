// Is a text an address, and is it within a network? Addresses are read strictly, as Python's `ipaddress` reads
// them: no leading zeros in IPv4, no brackets, no ports. The zone of an IPv6 address (fe80::1%12, RFC 4007) names an
// interface, not a network, and is passed over. An IPv4-mapped IPv6 address (::ffff:10.0.0.1)
// is compared as the IPv4 address that it carries, so that a dual-stack socket does not hide from a rule.

/** Version and the address as eight groups of 16 bits (IPv4 takes two). */
interface Address {
  readonly version: 4 | 6
  readonly groups: readonly number[]
}

/** The longest text of an IPv6 address with an IPv4 tail, and of an interface's name with its `%`. */
const maxAddressText = 45
const maxZoneText = 64

export type AddressTest = (text: string) => boolean

/** undefined: the text is no network. Bits beyond the prefix are ignored. */
export function compileNetwork(network: string): AddressTest | undefined {
  const slash = network.indexOf('/')
  const base = readAddress(slash < 0 ? network : network.slice(0, slash))
  if (!base) return undefined
  const bits = base.groups.length * 16
  const prefix = slash < 0 ? bits : Number(network.slice(slash + 1))
  const plain = slash < 0 || /^\d{1,3}$/.test(network.slice(slash + 1))
  if (!plain || prefix > bits) return undefined
  return (text) => {
    const address = readAddress(text)
    if (!address) return false
    const same = address.version === base.version ? address : mapped(address)
    return (
      same?.version === base.version && agree(base.groups, same.groups, prefix)
    )
  }
}

export function isAddress(text: string): boolean {
  return readAddress(text) !== undefined
}

function agree(
  a: readonly number[],
  b: readonly number[],
  prefix: number,
): boolean {
  for (let i = 0, left = prefix; left > 0; i++, left -= 16) {
    const mask = left >= 16 ? 0xffff : (0xffff << (16 - left)) & 0xffff
    if (((a[i]! ^ b[i]!) & mask) !== 0) return false
  }
  return true
}

function mapped(address: Address): Address | undefined {
  const g = address.groups
  if (address.version !== 6 || g[5] !== 0xffff) return undefined
  for (let i = 0; i < 5; i++) if (g[i] !== 0) return undefined
  return { version: 4, groups: [g[6]!, g[7]!] }
}

function readAddress(text: string): Address | undefined {
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
      groups.push(...v4)
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16))
    } else return undefined
  }
  return groups
}
