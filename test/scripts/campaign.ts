// Feeds damaged scripts to the floor that reads them: whatever comes, there is a reading, in time, and its spans lie within the bytes.
import { readScript } from '../../src/scripts/index.ts'

import { mutate, randomFrom } from '../mutation/mutate.ts'
import { Tally } from '../mutation/tally.ts'
import { corpus } from './corpus.ts'

export function runScriptCampaign(count: number, seed: number): Tally {
  const tally = new Tally()
  for (let i = 0; i < count; i++) {
    const from = corpus[i % corpus.length]!
    const random = randomFrom(seed * 1_000_003 + i)
    const other = corpus[Math.floor(random() * corpus.length)]!
    const bytes = mutate(from.bytes, random, other.bytes)
    tally.run(`script ${i} of ${from.name}`, () => {
      const reading = readScript(bytes, { name: from.name })
      for (const { offset, length } of reading?.actions ?? []) {
        if (offset < 0 || length < 0 || offset + length > bytes.length) {
          throw new Error(`${offset}+${length} of ${bytes.length} bytes`)
        }
      }
    })
  }
  return tally
}
