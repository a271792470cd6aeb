// VBA projects made by hand: for tests.
import type { CompoundParts } from './compound.ts'
import { u16, u32 } from './workbook-binary.ts'

export interface ModuleParts {
  readonly name: string
  readonly source: string
  /** Of which its compiled form was made; absent: it has none. */
  readonly compiled?: string
}

export interface ProjectParts {
  readonly is64bit?: boolean
  /** Of what compiled it: 0xa3 is Office 2013. */
  readonly version?: number
  /** Names that its compiled form has or had. */
  readonly identifiers?: readonly string[]
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
  { is64bit = true, version = 0xa3, identifiers = [] }: ProjectParts = {},
): CompoundParts['streams'] {
  const instruction = is64bit ? 185 : version >= 0x6b ? 182 : 174
  const compiledOf = (m: ModuleParts) =>
    m.compiled === undefined
      ? Buffer.alloc(16)
      : compiledForm(m.compiled, instruction)
  const places = modules.map((m) => ({
    name: m.name,
    sourceAt: compiledOf(m).length,
  }))
  const directory = directoryOf(places, is64bit)
  return {
    [`${prefix}VBA/dir`]: packVba(directory),
    [`${prefix}PROJECT`]: Buffer.from(
      `ID="{00000000-0000-0000-0000-000000000000}"\r\n${modules.map((m) => `Module=${m.name}\r\n`).join('')}Name="Project"\r\n`,
    ),
    [`${prefix}VBA/_VBA_PROJECT`]: Buffer.concat([
      u16(0x61cc, version, 0xffff, 0),
      ...identifiers.map(identifier),
    ]),
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

/** Every third has the further bytes that some have. */
function identifier(name: string, i: number): Buffer {
  const more = i % 3 === 2
  return Buffer.concat([
    Buffer.from([name.length, more ? 0x84 : 0x04]),
    ...(more ? [Buffer.from([8, 0, 0xff, 3, 4, 0])] : []),
    Buffer.from(name, 'latin1'),
    Buffer.from([0x25, 0x9c, 0x10, 0]),
  ])
}

/** MS-OVBA 2.3.4.2, record by record, as other programs insist on. */
function directoryOf(
  modules: readonly { readonly name: string; readonly sourceAt: number }[],
  is64bit: boolean,
): Buffer {
  const row = (id: number, body: Buffer = Buffer.alloc(0)) =>
    Buffer.concat([u16(id), u32(body.length), body])
  const latin = (text: string) => Buffer.from(text, 'latin1')
  const wide = (text: string) => Buffer.from(text, 'utf16le')
  return Buffer.concat([
    row(0x01, u32(is64bit ? 3 : 1)),
    ...[row(0x02, u32(0x409)), row(0x14, u32(0x409)), row(0x03, u16(1252))],
    ...[row(0x04, latin('Project')), row(0x05), row(0x40)],
    ...[row(0x06), row(0x3d), row(0x07, u32(0)), row(0x08, u32(0))],
    // The size of this one does not count its last two bytes.
    Buffer.concat([u16(0x09), u32(4), Buffer.alloc(6)]),
    ...[row(0x0c), row(0x3c)],
    ...[row(0x0f, u16(modules.length)), row(0x13, u16(0xffff))],
    ...modules.flatMap(({ name, sourceAt }) => [
      ...[row(0x19, latin(name)), row(0x47, wide(name))],
      ...[row(0x1a, latin(name)), row(0x32, wide(name))],
      ...[row(0x1c), row(0x48), row(0x31, u32(sourceAt))],
      ...[row(0x1e, u32(0)), row(0x2c, u16(0xffff)), row(0x21), row(0x2b)],
    ]),
    row(0x10),
  ])
}

/** The table of lines, and of each line an instruction for what is no text in it and one for each text. */
function compiledForm(source: string, instruction: number): Buffer {
  const code = source
    .split('\r\n')
    .slice(0, -1)
    .map((line) => {
      if (!line.trim()) return Buffer.alloc(0)
      const texts = Array.from(line.matchAll(/"((?:[^"]|"")*)"/g), ([, t]) => {
        const bytes = Buffer.from(t!.replaceAll('""', '"'), 'latin1')
        const padding = Buffer.alloc(bytes.length % 2)
        return Buffer.concat([u16(instruction, bytes.length), bytes, padding])
      })
      return Buffer.concat([u16(0x96, 0), ...texts])
    })
  const lines = Buffer.alloc(12 * code.length)
  let at = 0
  code.forEach((c, i) => {
    lines.writeUInt16LE(c.length, i * 12 + 4)
    lines.writeUInt32LE(at, i * 12 + 8)
    at += c.length
  })
  return Buffer.concat([
    Buffer.alloc(16),
    u16(0xcafe, 1, code.length),
    lines,
    Buffer.alloc(10),
    ...code,
  ])
}
