// The head of a binary Word document (MS-DOC 2.5): which table stream, where the pieces of text are listed, how many
// characters each part of the text has. Word 6 and 95 have the same things elsewhere.
import { u16At, u32At } from '../binary/cursor.ts'

export interface FileInformation {
  readonly version: 'word97' | 'word6'
  readonly tableStream: '0Table' | '1Table'
  readonly isTemplate: boolean
  readonly isEncrypted: boolean
  /** The password only masks the text (XOR). */
  readonly isObfuscated: boolean
  /** Verifier of that password, or bytes of the table stream that say how it is encrypted. */
  readonly key: number
  readonly isComplex: boolean
  readonly firstText: number
  readonly lastText: number
  /** Of the list of pieces, in the table stream. */
  readonly pieces: { readonly at: number; readonly length: number }
  /** Of the list of pages with properties of characters, in the table stream; of Word 97 and later. */
  readonly characters: { readonly at: number; readonly length: number }
  /** Of the table of strings that names the template (SttbfAssoc). */
  readonly names: { readonly at: number; readonly length: number }
  /** Parts of the text in their order, with their lengths in characters. */
  readonly stories: readonly Story[]
}

export interface Story {
  readonly name: string
  readonly length: number
}

const storyNames = [
  'text',
  'footnotes',
  'headers',
  'macros',
  'comments',
  'endnotes',
  'text boxes',
  'header text boxes',
] as const

/** nFib of Word 97, below which it is Word 6 or 95. */
const word97 = 105

export function fileInformation(stream: Buffer): FileInformation | undefined {
  const id = u16At(stream, 0)
  if (id !== 0xa5ec && id !== 0xa5dc && id !== 0xa697) return undefined
  const version = u16At(stream, 2) >= word97 ? 'word97' : 'word6'
  const flags = u16At(stream, 10)
  const at = places[version]
  return {
    version,
    tableStream: flags & 0x200 ? '1Table' : '0Table',
    isTemplate: (flags & 1) !== 0,
    isEncrypted: (flags & 0x100) !== 0,
    isObfuscated: (flags & 0x8000) !== 0,
    key: u32At(stream, 14),
    isComplex: (flags & 4) !== 0,
    firstText: u32At(stream, 24),
    lastText: u32At(stream, 28),
    pieces: range(stream, at.pieces),
    names: range(stream, at.names),
    characters: range(stream, charactersAt),
    stories: storyNames.map((name, i) => ({
      name,
      length: u32At(stream, at.lengths + i * 4) & 0x7fff_ffff,
    })),
  }
}

/** fcPlcfBteChpx. */
const charactersAt = 0xfa

/** 2.5.4, 2.5.5 and the tables of Word 6. */
const places = {
  word97: { lengths: 76, pieces: 0x1a2, names: 0x19a },
  word6: { lengths: 52, pieces: 0x160, names: 0x158 },
}

function range(stream: Buffer, at: number) {
  return { at: u32At(stream, at), length: u32At(stream, at + 4) }
}
