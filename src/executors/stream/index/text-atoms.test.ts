import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cellOf } from '../../../meaning/cell.ts'
import { fold } from '../../../meaning/fold.ts'
import { StampSet } from './stamp-set.ts'
import { type Atom, TextAtoms } from './text-atoms.ts'
import { TextBytes } from './text-bytes.ts'

const kinds = ['equals', 'contains', 'startswith', 'endswith'] as const

function scan(atoms: readonly Atom[], text: string): number[] {
  const found = new StampSet(atoms.length)
  const bytes = new TextBytes()
  bytes.write(text)
  new TextAtoms(atoms).scan(bytes, cellOf(text), found)
  return [...found.list.slice(0, found.count)].sort((a, b) => a - b)
}

function naive(atoms: readonly Atom[], text: string): number[] {
  const folded = fold(text)
  return atoms.flatMap(({ kind, text: t }, id) => {
    const holds =
      kind === 'equals'
        ? folded === t
        : kind === 'contains'
          ? folded.includes(t)
          : kind === 'startswith'
            ? folded.startsWith(t)
            : folded.endsWith(t)
    return holds ? [id] : []
  })
}

describe('the scan', () => {
  it('finds a substring of any length at any place', () => {
    const letters = 'abcdefghijkl'
    for (let length = 1; length <= letters.length; length++) {
      const atoms = [
        { kind: 'contains', text: letters.slice(0, length) },
      ] as const
      for (let before = 0; before < 6; before++) {
        for (let after = 0; after < 6; after++) {
          const text =
            'x'.repeat(before) +
            letters.slice(0, length).toUpperCase() +
            'y'.repeat(after)
          expect([text, scan(atoms, text)]).toEqual([text, [0]])
        }
      }
    }
  })

  it('finds hashes among hundreds of their kind, wherever a text names them', () => {
    const digits = (n: number, length: number) =>
      Array.from({ length }, (_, i) =>
        ((n * 2654435761 + i * 40503) % 16).toString(16),
      ).join('')
    const atoms = Array.from({ length: 200 }, (_, n): Atom => {
      const name = ['md5=', 'sha256=', 'a=b,imphash='][n % 3]!
      return { kind: 'contains', text: name + digits(n + 1, 9 + (n % 24)) }
    })
    for (const n of [0, 1, 2, 77, 199]) {
      const hash = atoms[n]!.text.toUpperCase()
      for (const text of [hash, `X=1,${hash},Y=2`, `=${hash}`, `é=${hash}é`])
        expect([text, scan(atoms, text)]).toEqual([text, naive(atoms, text)])
      expect(scan(atoms, hash)).toContain(n)
      expect(scan(atoms, hash.slice(0, -1))).not.toContain(n)
    }
  })

  it('agrees with looking for each text by itself', () => {
    const letter = fc.constantFrom(
      'a',
      'b',
      'A',
      '.',
      'é',
      'É',
      '{',
      '[',
      '@',
      '`',
      'ж',
      '😀',
      '\0',
      'ſ',
      'K',
    )
    const piece = (maxLength: number) =>
      fc.array(letter, { minLength: 1, maxLength }).map((l) => l.join(''))
    const atom = fc.record({
      kind: fc.constantFrom(...kinds),
      text: piece(10).map(fold),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(atom, {
          maxLength: 40,
          selector: (a) => a.kind + a.text,
        }),
        fc.array(piece(24), { minLength: 1, maxLength: 6 }),
        (atoms, texts) => {
          for (const text of ['', ...texts]) {
            expect([text, scan(atoms, text)]).toEqual([
              text,
              naive(atoms, text),
            ])
          }
        },
      ),
      { seed: 11, numRuns: 600 },
    )
  })

  it('finds what stands at the end of a text larger than the buffer', () => {
    const atoms: Atom[] = [
      { kind: 'contains', text: 'needle' },
      { kind: 'contains', text: 'ear' },
      { kind: 'endswith', text: 'the needle' },
    ]
    const bytes = new TextBytes()
    const found = new StampSet(atoms.length)
    const index = new TextAtoms(atoms)
    for (const text of [
      `${'ж'.repeat(200_000)} the NEEDLE`,
      'no',
      'a needle',
    ]) {
      found.empty()
      bytes.write(text)
      index.scan(bytes, cellOf(text), found)
      expect([...found.list.slice(0, found.count)].sort()).toEqual(
        naive(atoms, text),
      )
    }
  })
})
