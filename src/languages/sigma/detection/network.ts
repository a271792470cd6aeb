// Is this an IPv4 or IPv6 network in CIDR notation?
import { formatAddress, networkOf, readAddress } from '../../../base/address.ts'

export type Network =
  | { readonly kind: 'network'; readonly text: string }
  | { readonly kind: 'fault'; readonly message: string; readonly hint?: string }

/** A bare address is a network of one. Bits beyond the prefix have to be zero, as in RFC 4632. */
export function parseNetwork(text: string): Network {
  const [base = '', prefix, more] = text.split('/')
  const address = base.includes('%') ? undefined : readAddress(base)
  const bits = (address?.groups.length ?? 0) * 16
  const length = prefix === undefined ? bits : prefixLength(prefix, bits)
  if (!address || length === undefined || more !== undefined) {
    return {
      kind: 'fault',
      message: `${JSON.stringify(text.slice(0, 60))} is no network`,
      hint: 'write one as "10.0.0.0/8" or "fe80::/10"',
    }
  }
  const network = networkOf(address, length)
  if (network.groups.some((g, i) => g !== address.groups[i])) {
    return {
      kind: 'fault',
      message: `${JSON.stringify(text)} has bits set beyond its prefix of ${length}`,
      hint: `the network that holds it is "${formatAddress(network)}/${length}"`,
    }
  }
  return { kind: 'network', text: `${base}/${length}` }
}

function prefixLength(text: string, bits: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined
  const n = Number(text)
  return n <= bits ? n : undefined
}
