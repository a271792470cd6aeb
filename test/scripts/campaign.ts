// Feeds damaged scripts to the floor that reads them: whatever comes, there is a reading, in time, and its spans lie within the bytes.
import { readScript } from '../../src/scripts/index.ts'

import { mutate, randomFrom } from '../mutation/mutate.ts'
import { corpus } from './corpus.ts'

export interface ScriptCampaign {
  readonly failures: readonly string[]
  readonly actions: number
  readonly slowestMs: number
  readonly slowest: string
}

export function runScriptCampaign(count: number, seed: number): ScriptCampaign {
  const failures: string[] = []
  let actions = 0
  let slowestMs = 0
  let slowest = ''
  for (let i = 0; i < count; i++) {
    const from = corpus[i % corpus.length]!
    const random = randomFrom(seed * 1_000_003 + i)
    const other = corpus[Math.floor(random() * corpus.length)]!
    const bytes = mutate(from.bytes, random, other.bytes)
    const name = `input ${i} of ${from.name}`
    const started = cpuMs()
    try {
      const reading = readScript(bytes, { name: from.name })
      for (const { offset, length } of reading?.actions ?? []) {
        actions++
        if (offset < 0 || length < 0 || offset + length > bytes.length) {
          failures.push(`${name}: ${offset}+${length} of ${bytes.length} bytes`)
        }
      }
    } catch (error) {
      failures.push(`${name}: ${(error as Error).stack}`)
    }
    const took = cpuMs() - started
    if (took > slowestMs) {
      slowestMs = took
      slowest = name
    }
  }
  return { failures, actions, slowestMs, slowest }
}

/** Of this process: other programs on the machine must not make a script slow. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
