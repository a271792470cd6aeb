import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { readLookups } from './lookups.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-lookups-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'sub'))
writeFileSync(join(folder, 'nets.csv'), 'net,name\n192.0.2.0/24,lab\n')
writeFileSync(join(folder, 'sub', 'GeoLite2-ASN.mmdb'), 'no database')
writeFileSync(
  join(folder, 'sub', 'transforms.conf'),
  '[networks]\nfilename = nets.csv\nmatch_type = CIDR(net)\n[lost]\nfilename = lost.csv\n',
)

describe('tables below a folder', () => {
  it('go by their file, and by the definitions that name them', async () => {
    const { tables, problems } = await readLookups([folder])
    expect([...tables.keys()]).toEqual(['nets.csv', 'networks'])
    expect(tables.get('nets.csv')?.match).toBeUndefined()
    expect(tables.get('networks')?.match).toEqual({ net: 'cidr' })
    expect(problems).toEqual([
      `${join(folder, 'sub', 'transforms.conf')}: lookup "lost" names "lost.csv", not found`,
    ])
  })

  it('may have databases of places among them, which are not opened', async () => {
    const { databases } = await readLookups([folder])
    expect(databases).toEqual([join(folder, 'sub', 'GeoLite2-ASN.mmdb')])
  })

  it('are found beside a file that is named', async () => {
    const { tables } = await readLookups([join(folder, 'nets.csv')])
    expect(tables.size).toBe(2)
  })
})
