import { describe, expect, it } from 'vitest'

import type { Finding } from '../finding.ts'
import { Tally } from './tally.ts'

function tallyOf(...who: readonly (readonly [host: string, image: string])[]) {
  const tally = new Tally()
  for (const [host, Image] of who)
    tally.add({
      rule: { level: 'high', title: 'a rule' },
      host,
      techniques: [],
      evidence: [{ fields: { Image } }],
    } as unknown as Finding)
  return tally
}

describe('what a summary counts', () => {
  it('takes hosts, and paths of Windows, in any case for the same', () => {
    const tally = tallyOf(
      ['WS1', 'C:\\Windows\\PSEXESVC.exe'],
      ['ws1', 'C:\\windows\\psexesvc.exe'],
    )
    expect(tally.hosts.top(5)).toEqual([['WS1', 2]])
    expect(tally.doers.top(5)).toEqual([['C:\\Windows\\PSEXESVC.exe', 2]])
  })

  it('keeps paths of other systems apart by case', () => {
    const tally = tallyOf(['a', '/opt/X'], ['a', '/opt/x'])
    expect(tally.doers.size).toBe(2)
  })
})
