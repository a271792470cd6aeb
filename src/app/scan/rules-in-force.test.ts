import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { rulesInForce } from './rules-in-force.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-force-'))
afterAll(() => rmSync(folder, { recursive: true }))

const everything = { rules: [], techniques: [] }

function rule(search: string): void {
  const head = '---\ntitle: T\nid: t\nlevel: low\n---\n'
  writeFileSync(join(folder, 'rule.spl'), head + search)
}

const force = () =>
  rulesInForce({ paths: [folder], builtin: false }, everything, (d) =>
    expect.unreachable(d.message),
  )

describe('rules that are searches', () => {
  it('look things up in the tables beside them', async () => {
    writeFileSync(join(folder, 'nets.csv'), 'net,name\n192.0.2.0/24,lab\n')
    writeFileSync(
      join(folder, 'transforms.conf'),
      '[nets]\nfilename = nets.csv\nmatch_type = CIDR(net)\n',
    )
    rule('a=1 | lookup nets net AS ip OUTPUT name | stats count by name')
    const { tables } = await force()
    expect(tables.get('nets')?.match).toEqual({ net: 'cidr' })
  })

  it('cost no reading of tables where none asks for one', async () => {
    rule('a=1 | stats count by b')
    expect((await force()).tables.size).toBe(0)
  })
})
