// Is an address within a network? An IPv4-mapped IPv6 address (::ffff:10.0.0.1) is compared as the IPv4 address that it
// carries, so that a dual-stack socket does not hide from a rule.
import { type Address, mappedAddress, readAddress } from '../base/address.ts'

export type AddressTest = (text: string) => boolean

export interface Network {
  readonly base: Address
  /** In bits. */
  readonly prefix: number
}

/** `10.0.0.0/8`, `fe80::/10`; a bare address is a network of one. undefined: the text is no network. */
export function readNetwork(text: string): Network | undefined {
  const [address = '', length, more] = text.split('/', 3)
  const base = address.includes('%') ? undefined : readAddress(address)
  if (!base || more !== undefined) return undefined
  const bits = base.groups.length * 16
  if (length === undefined) return { base, prefix: bits }
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Infinity
  return prefix <= bits ? { base, prefix } : undefined
}

/** undefined: the text is no network. Bits beyond the prefix are ignored. */
export function compileNetwork(text: string): AddressTest | undefined {
  const network = readNetwork(text)
  if (!network) return undefined
  const { base, prefix } = network
  return (text) => {
    const address = readAddress(text)
    if (!address) return false
    const same =
      address.version === base.version ? address : mappedAddress(address)
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
