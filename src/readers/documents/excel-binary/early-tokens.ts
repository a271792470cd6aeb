// Tokens of formulas of Excel 2 to 4, in the sizes that they have in Excel 5. Source: OpenOffice.org's Documentation of the Microsoft Excel File
// Format, chapter 3.
export type EarlyVersion = 2 | 3 | 4

interface Token {
  /** Bytes behind its first. */
  readonly size: number
  /** The same as Excel 5 has it; absent: it is left out. */
  readonly to?: (rest: Buffer) => Buffer
}

/** What is not known ends the formula: the rest is left as it is, for a reader that stops there. */
export function earlyTokens(tokens: Buffer, version: EarlyVersion): Buffer {
  const parts: Buffer[] = []
  let at = 0
  while (at < tokens.length) {
    const id = tokens[at]!
    const token = tokenOf(id, version, tokens, at)
    if (!token || at + 1 + token.size > tokens.length) break
    const rest = tokens.subarray(at + 1, at + 1 + token.size)
    if (token.to) parts.push(Buffer.from([id]), token.to(rest))
    at += 1 + token.size
  }
  return Buffer.concat([...parts, tokens.subarray(at)])
}

const as = (rest: Buffer) => rest
const kept = (size: number): Token => ({ size, to: as })
const padded = (size: number, to: number): Token => ({
  size,
  to: (rest) => Buffer.concat([rest, Buffer.alloc(to - size)]),
})

function tokenOf(
  id: number,
  version: EarlyVersion,
  tokens: Buffer,
  at: number,
): Token | undefined {
  if (id >= 0x03 && id <= 0x16) return kept(0)
  if (id < 0x20) return basic(id, version, tokens[at + 1] ?? 0, at, tokens)
  return classed((id & 0x1f) | 0x20, version)
}

function basic(
  id: number,
  version: EarlyVersion,
  length: number,
  at: number,
  tokens: Buffer,
): Token | undefined {
  switch (id) {
    case 0x01:
    case 0x02:
      return version === 2 ? padded(3, 4) : kept(4)
    case 0x17:
      return kept(1 + length)
    case 0x19:
      return attribute(version, length, tokens[at + 2] ?? 0, tokens, at)
    case 0x1a:
      return { size: version === 2 ? 7 : 10 }
    case 0x1b:
      return { size: version === 2 ? 3 : 4 }
    case 0x1c:
    case 0x1d:
      return kept(1)
    case 0x1e:
      return kept(2)
    case 0x1f:
      return kept(8)
    default:
      return undefined
  }
}

/** Jumps are left out, but for the sum of one argument. */
function attribute(
  version: EarlyVersion,
  kind: number,
  first: number,
  tokens: Buffer,
  at: number,
): Token {
  const count = version === 2 ? first : first | ((tokens[at + 3] ?? 0) << 8)
  const entry = version === 2 ? 1 : 2
  const table = kind & 4 ? (count + 1) * entry : 0
  const size = 1 + entry + table
  return kind & 0x10 ? { size, to: () => Buffer.from([0x10, 0, 0]) } : { size }
}

const wide = (size: number): Token => ({
  size,
  to: (rest) => Buffer.concat([rest, Buffer.alloc(1)]),
})

function classed(id: number, version: EarlyVersion): Token | undefined {
  const hasShortIds = version < 4
  switch (id) {
    case 0x20:
      return version === 2 ? padded(6, 7) : kept(7)
    case 0x21:
      return hasShortIds ? wide(1) : kept(2)
    case 0x22:
      return hasShortIds ? wide(2) : kept(3)
    case 0x23:
      return version === 2 ? padded(7, 14) : padded(10, 14)
    case 0x24:
    case 0x2a:
    case 0x2c:
      return kept(3)
    case 0x25:
    case 0x2b:
    case 0x2d:
      return kept(6)
    case 0x26:
    case 0x27:
    case 0x28:
      return version === 2 ? padded(4, 6) : kept(6)
    case 0x29:
    case 0x2e:
    case 0x2f:
      return version === 2 ? padded(1, 2) : kept(2)
    default:
      return undefined
  }
}
