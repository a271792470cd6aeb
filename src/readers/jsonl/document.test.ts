import { describe, expect, it } from 'vitest'

import type { Damage } from '../../base/record.ts'
import { DocumentScanner } from './document.ts'

/** The objects that are found where none may be larger than so many bytes. */
function scan(text: string, maxBytes: number, block = text.length) {
  const objects: unknown[] = []
  const damages: Damage[] = []
  const scanner = new DocumentScanner(
    {
      object: (buffer, start, end) =>
        objects.push(JSON.parse(buffer.toString('utf8', start, end))),
      openObject: () => objects.push('open'),
      damaged: (damage) => damages.push(damage),
    },
    0,
    maxBytes,
  )
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += block) {
    const end = Math.min(bytes.length, at + block)
    scanner.push(bytes.subarray(at, end), 0, end - at, at)
  }
  scanner.end()
  return { objects, damages }
}

describe('a wrapper that is larger than an object may be', () => {
  it('gives what its lists hold, whichever stands first', () => {
    const names = [{ n: 1 }, { n: 2 }]
    const events = Array.from({ length: 20 }, (_, e) => ({ e, in: { x: 1 } }))
    const text = JSON.stringify({
      preview: false,
      fields: names,
      more: { results: events },
      end: 1,
    })
    const { objects, damages } = scan(`${text}\n{"after":1}\n`, 60, 16)
    expect(objects).toEqual([...names, ...events, { after: 1 }])
    expect(damages).toEqual([])
  })
})
