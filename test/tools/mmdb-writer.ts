// Writes a small database in MaxMind's format (MaxMind DB File Format Specification 2.0), so that tests need none from outside.
import { readAddress } from '../../src/base/address.ts'

type Data =
  | string
  | number
  | readonly Data[]
  | { readonly [name: string]: Data }

/** A node's two sides: another node, the offset of data, or nothing. */
type Side = Node | number | undefined
type Node = [Side, Side]

const recordBytes = 4

/** `networks`: what is told of `192.0.2.0/24`. IPv4 lies where IPv6 has zeros. */
export function mmdb(
  networks: Readonly<Record<string, Data>>,
  type = 'GeoLite2-City',
): Buffer {
  const root: Node = [undefined, undefined]
  const data: Buffer[] = []
  let offset = 0
  for (const [network, told] of Object.entries(networks)) {
    insert(root, bitsOf(network), offset)
    const bytes = encoded(told)
    data.push(bytes)
    offset += bytes.length
  }
  const nodes = numbered(root)
  const metadata = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: type,
    description: { en: 'made by a test' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.size,
    record_size: recordBytes * 8,
  })
  return Buffer.concat([
    treeOf(nodes),
    Buffer.alloc(16),
    ...data,
    Buffer.from('ABCDEF4D61784D696E642E636F6D', 'hex'),
    metadata,
  ])
}

function bitsOf(network: string): number[] {
  const [text, length] = network.split('/')
  const { version, groups } = readAddress(text!)!
  const all = version === 4 ? [0, 0, 0, 0, 0, 0, ...groups] : groups
  const bits = all.flatMap((g) =>
    Array.from({ length: 16 }, (_, i) => (g >> (15 - i)) & 1),
  )
  return bits.slice(0, Number(length) + (version === 4 ? 96 : 0))
}

function insert(root: Node, bits: readonly number[], offset: number): void {
  let node = root
  for (const bit of bits.slice(0, -1)) {
    const next = (node[bit as 0 | 1] ??= [undefined, undefined])
    node = next as Node
  }
  node[bits.at(-1) as 0 | 1] = offset
}

function numbered(
  node: Node,
  numbers = new Map<Node, number>(),
): Map<Node, number> {
  numbers.set(node, numbers.size)
  for (const side of node) if (Array.isArray(side)) numbered(side, numbers)
  return numbers
}

function treeOf(nodes: ReadonlyMap<Node, number>): Buffer {
  const tree = Buffer.alloc(nodes.size * 2 * recordBytes)
  let at = 0
  for (const node of nodes.keys()) {
    for (const side of node) {
      tree.writeUInt32BE(recordOf(side, nodes), at)
      at += recordBytes
    }
  }
  return tree
}

function recordOf(side: Side, nodes: ReadonlyMap<Node, number>): number {
  if (side === undefined) return nodes.size
  return typeof side === 'number' ? nodes.size + 16 + side : nodes.get(side)!
}

function encoded(value: Data): Buffer {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([control(2, bytes.length), bytes])
  }
  if (typeof value === 'number') {
    const isCount = Number.isInteger(value) && value >= 0
    const bytes = Buffer.alloc(isCount ? 4 : 8)
    if (isCount) bytes.writeUInt32BE(value)
    else bytes.writeDoubleBE(value)
    return Buffer.concat([control(isCount ? 6 : 3, bytes.length), bytes])
  }
  if (Array.isArray(value))
    return Buffer.concat([
      control(11, value.length),
      ...(value as readonly Data[]).map(encoded),
    ])
  const members = Object.entries(value)
  return Buffer.concat([
    control(7, members.length),
    ...members.flatMap(([name, v]) => [encoded(name), encoded(v)]),
  ])
}

/** Types beyond 7 have a byte of their own. */
function control(type: number, size: number): Buffer {
  const kind = type > 7 ? 0 : type << 5
  const own = type > 7 ? [type - 7] : []
  return size < 29
    ? Buffer.from([kind | size, ...own])
    : Buffer.from([kind | 29, ...own, size - 29])
}
