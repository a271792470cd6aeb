// VBA projects made by hand: for tests.
import type { CompoundParts } from './compound.ts'
import { u16, u32 } from './workbook-binary.ts'

export interface ModuleParts {
  readonly name: string
  readonly source: string
  /** Texts that its compiled form uses. */
  readonly compiled?: readonly string[]
}

/** Chunks of bytes as they are, which the format allows. */
export function packVba(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([1])]
  for (let at = 0; at < bytes.length; at += 3600) {
    const chunk = bytes.subarray(at, at + 3600)
    const tokens: Buffer[] = []
    for (let i = 0; i < chunk.length; i += 8)
      tokens.push(Buffer.from([0]), chunk.subarray(i, i + 8))
    const packed = Buffer.concat(tokens)
    parts.push(u16(0xb000 | (packed.length - 1)), packed)
  }
  return Buffer.concat(parts)
}

export function vbaStreams(
  prefix: string,
  modules: readonly ModuleParts[],
): CompoundParts['streams'] {
  const row = (id: number, body: Buffer) =>
    Buffer.concat([u16(id), u32(body.length), body])
  const compiledOf = (m: ModuleParts) => compiledForm(m.compiled ?? [])
  const directory = Buffer.concat([
    row(0x03, u16(1252)),
    Buffer.concat([u16(0x09), u32(4), Buffer.alloc(6)]),
    ...modules.flatMap((m) => [
      row(0x19, Buffer.from(m.name, 'latin1')),
      row(0x1a, Buffer.from(m.name, 'latin1')),
      row(0x31, u32(compiledOf(m).length)),
      row(0x2b, Buffer.alloc(0)),
    ]),
  ])
  return {
    [`${prefix}VBA/dir`]: packVba(directory),
    [`${prefix}VBA/_VBA_PROJECT`]: Buffer.from('cc61ffff00000000', 'hex'),
    ...Object.fromEntries(
      modules.map((m) => [
        `${prefix}VBA/${m.name}`,
        Buffer.concat([
          compiledOf(m),
          packVba(
            Buffer.from(
              `Attribute VB_Name = "${m.name}"\r\n${m.source}`,
              'latin1',
            ),
          ),
        ]),
      ]),
    ),
  }
}

/** The table of lines and the instructions that put a text on the stack. */
function compiledForm(texts: readonly string[]): Buffer {
  if (texts.length === 0) return Buffer.alloc(16)
  const code = texts.map((text) => {
    const bytes = Buffer.from(text, 'latin1')
    return Buffer.concat([
      u16(0xb9, bytes.length),
      bytes,
      Buffer.alloc(bytes.length % 2),
    ])
  })
  const lines = Buffer.alloc(12 * texts.length)
  let at = 0
  code.forEach((c, i) => {
    lines.writeUInt16LE(c.length, i * 12 + 4)
    lines.writeUInt32LE(at, i * 12 + 8)
    at += c.length
  })
  return Buffer.concat([
    Buffer.alloc(16),
    u16(0xcafe, 1, texts.length),
    lines,
    Buffer.alloc(10),
    ...code,
  ])
}
