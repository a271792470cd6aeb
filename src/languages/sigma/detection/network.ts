// Is this an IPv4 or IPv6 network in CIDR notation?

export type Network =
  | { readonly kind: 'network'; readonly text: string }
  | { readonly kind: 'fault'; readonly message: string; readonly hint?: string }

/** A bare address is a network of one. Bits beyond the prefix have to be zero, as in RFC 4632. */
export function parseNetwork(text: string): Network {
  const [address = '', prefix, more] = text.split('/')
  const v6 = address.includes(':')
  const bits = v6 ? 128 : 32
  const value = v6 ? ipv6(address) : ipv4(address)
  const length = prefix === undefined ? bits : prefixLength(prefix, bits)
  if (value === undefined || length === undefined || more !== undefined) {
    return {
      kind: 'fault',
      message: `${JSON.stringify(text.slice(0, 60))} is no network`,
      hint: 'write one as "10.0.0.0/8" or "fe80::/10"',
    }
  }
  const host = (1n << BigInt(bits - length)) - 1n
  if (value & host) {
    const base = v6 ? ipv6Text(value & ~host) : ipv4Text(value & ~host)
    return {
      kind: 'fault',
      message: `${JSON.stringify(text)} has bits set beyond its prefix of ${length}`,
      hint: `the network that holds it is "${base}/${length}"`,
    }
  }
  return { kind: 'network', text: `${address}/${length}` }
}

function prefixLength(text: string, bits: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined
  const n = Number(text)
  return n <= bits ? n : undefined
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    value = value * 256n + BigInt(part)
  }
  return value
}

/** Groups of 16 bits, one `::` for a run of zeros, the last 32 bits perhaps as IPv4 (RFC 4291, 2.2). */
function ipv6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(groups)
  if (!head || (halves.length === 2 && !tail)) return undefined
  const known = head.length + (tail?.length ?? 0)
  if (halves.length === 1 ? known !== 8 : known > 7) return undefined
  const all = [...head, ...Array(8 - known).fill(0), ...(tail ?? [])]
  return all.reduce(
    (value: bigint, g: number) => value * 65_536n + BigInt(g),
    0n,
  )
}

function groups(text: string): number[] | undefined {
  if (text === '') return []
  const out: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 ? ipv4(part) : undefined
    if (v4 !== undefined) out.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
    else if (/^[0-9a-f]{1,4}$/i.test(part)) out.push(Number.parseInt(part, 16))
    else return undefined
  }
  return out
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((s) => (value >> s) & 0xffn).join('.')
}

function ipv6Text(value: bigint): string {
  const all = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  )
  return all.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')
}
