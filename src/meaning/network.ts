// Is an address within a network? An IPv4-mapped IPv6 address (::ffff:10.0.0.1) is compared as the IPv4 address that it
// carries, so that a dual-stack socket does not hide from a rule.
import { mappedAddress, readAddress } from '../base/address.ts'

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
