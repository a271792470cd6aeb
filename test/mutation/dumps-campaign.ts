// Feeds damaged dumps of a host to posture: registry hives with their logs, property lists, and what the checks show as their evidence.
import { Facts } from '../../src/posture/facts/facts.ts'
import { readDump } from '../../src/posture/sources/index.ts'

import { builtinChecks, loadChecks } from '../../src/app/posture/checks.ts'

import { dword, text, writeHive, writeLog } from '../tools/hive-writer.ts'
import { mutate, randomFrom } from './mutate.ts'
import type { Seed } from './seeds.ts'
import { Tally } from './tally.ts'

const hive = writeHive({
  name: 'ROOT',
  keys: [
    {
      name: 'Microsoft',
      keys: [
        {
          name: 'Ole',
          values: [text('EnableDCOM', 'Y'), dword('LegacyImpersonation', 2)],
        },
      ],
    },
    { name: 'Classes', keys: [{ name: 'AppID' }, { name: 'CLSID' }] },
  ],
})
const log = writeLog(hive, 2)

const binaryList = Buffer.concat([
  Buffer.from('bplist00'),
  Buffer.from([0xd1, 1, 2, 0x55, ...Buffer.from('Label'), 0x52, 0x61, 0x62]),
  Buffer.from([8, 11, 17]),
  Buffer.from([0, 0, 0, 0, 0, 0, 1, 1]),
  Buffer.from([0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0]),
  Buffer.from([0, 0, 0, 0, 0, 0, 0, 20]),
])

function dumpSeeds(): Seed[] {
  const seen = new Set<string>()
  const shown = loadChecks(builtinChecks).checks.flatMap(({ evidence }) =>
    evidence.flatMap(({ files }) =>
      Object.entries(files).flatMap(([name, content]) => {
        if (seen.has(content)) return []
        seen.add(content)
        const bytes = content.startsWith('hex:')
          ? Buffer.from(content.slice(4).replace(/\s+/g, ''), 'hex')
          : Buffer.from(content)
        return [{ name, bytes }]
      }),
    ),
  )
  return [
    { name: 'SOFTWARE', bytes: hive },
    { name: 'a.plist', bytes: binaryList },
    ...shown,
  ]
}

/** `count` damaged dumps over all seeds in turn; every eighth is a hive. */
export function runDumpCampaign(count: number, seed: number): Tally {
  const seeds = dumpSeeds()
  const tally = new Tally()
  for (let i = 0; i < count; i++) {
    const from = seeds[i % 8 === 0 ? (i / 8) % 2 : i % seeds.length]!
    const random = randomFrom(seed * 1_000_003 + i)
    const other = seeds[Math.floor(random() * seeds.length)]!
    const bytes = mutate(from.bytes, random, other.bytes)
    const isHive = from.bytes === hive
    const logs = isHive ? [mutate(log, random, hive)] : []
    tally.run(`dump ${i} of ${from.name}`, () => {
      const facts = new Facts(undefined)
      readDump({ name: from.name, bytes, logs }, facts, () => {})
    })
  }
  return tally
}
