// `src=10.0.0.0/8`: a value of a comparison that is a network, and not an address or any other text.
import type { AddressTest } from '../../meaning/network.ts'
import { compileNetwork } from '../../meaning/network.ts'

export function networkIn(text: string): AddressTest | undefined {
  return text.includes('/') ? compileNetwork(text) : undefined
}
