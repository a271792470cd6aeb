// Is this a network as a rule writes one? Bits beyond the prefix have to be zero, as in RFC 4632.
import { formatAddress, networkOf } from '../../../base/address.ts'

import { readNetwork } from '../../../meaning/network.ts'

export type NetworkText =
  | { readonly kind: 'network'; readonly text: string }
  | { readonly kind: 'fault'; readonly message: string; readonly hint: string }

export function parseNetwork(text: string): NetworkText {
  const network = readNetwork(text)
  if (!network) {
    return {
      kind: 'fault',
      message: `${JSON.stringify(text.slice(0, 60))} is no network`,
      hint: 'write one as "10.0.0.0/8" or "fe80::/10"',
    }
  }
  const { base, prefix } = network
  const meant = networkOf(base, prefix)
  if (meant.groups.some((g, i) => g !== base.groups[i])) {
    return {
      kind: 'fault',
      message: `${JSON.stringify(text)} has bits set beyond its prefix of ${prefix}`,
      hint: `the network that holds it is "${formatAddress(meant)}/${prefix}"`,
    }
  }
  return { kind: 'network', text: `${text.split('/')[0]}/${prefix}` }
}
