// What a search says of names that no event has: a typing error must not pass for an answer.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { hunt } from '../src/app/hunt/hunt.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-names-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'a.jsonl')
const event = (id: number, more: object) =>
  JSON.stringify({
    EventID: id,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: 'a',
    ...more,
  })
writeFileSync(
  path,
  `${event(1, { Image: 'C:\\a.exe', ProcessGuid: 'g' })}\n${event(5, { Image: 'C:\\a.exe', ProcessGuid: 'g' })}\n`,
)

function asked(search: string) {
  return hunt(
    {
      search,
      paths: [path],
      macros: new Map(),
      lookups: new Map(),
      now: 0,
      explain: false,
      scope: { hosts: [] },
      workers: 0,
    },
    { diagnostic: () => {}, problem: () => {}, unusable: () => {} },
    new AbortController().signal,
  )
}

describe('names that no event has', () => {
  it.each([
    'EventCode=1 | stats count(eval(Imagee="x")) as c',
    'EventCode=1 | stats latest(Imagee) as c',
    'EventCode=1 | sort - Imagee',
    'EventCode=1 | streamstats count as c by Imagee',
  ])('are told where they are counted or sorted by: %s', async (search) => {
    const { emptyCounts } = await asked(search)
    expect(emptyCounts[0]).toBe('no event has "Imagee"; did you mean "Image"?')
  })

  it('are told of a search within as well', async () => {
    const { slips } = await asked(
      'EventCode=1 | join ProcessGuid [ search EventCode=5 | eval i=Imagee ]',
    )
    expect(slips).toEqual(['no event has "Imagee"; did you mean "Image"?'])
  })

  it('are no slips where they are like none that events have', async () => {
    const { slips } = await asked('EventCode=1 | eval u=coalesce(Owner, Image)')
    expect(slips).toEqual([])
  })

  it('make a row of nothing say that conditions held of none', async () => {
    const none = await asked('EventCode=1 Imagee=x | stats count')
    expect(none.heldOfNone).toBe(true)
    expect(none.strangers).toHaveLength(1)
    const some = await asked('EventCode=1 | stats count')
    expect(some.heldOfNone).toBe(false)
  })

  it('are asked of a data model in conditions alone, where grouping fills them', async () => {
    const { strangers, emptyFields } = await asked(
      '| tstats count from datamodel=Endpoint.Processes where Processes.user_category=x by Processes.process_hash',
    )
    expect(strangers).toEqual(['no event has "Processes.user_category"'])
    expect(emptyFields).toEqual([])
  })

  it('of a source that is none are not told as ids that are missing', async () => {
    const { unseen } = await asked('sourcetype=Sysmn EventCode=1')
    expect(unseen).toMatchObject({
      lacks: 'origin',
      origin: 'sourcetype "Sysmn"',
    })
    expect((await asked('sourcetype=Sysmon EventCode=2')).unseen).toEqual({
      lacks: 'id',
      origin: 'sourcetype "Sysmon"',
      ids: [2],
    })
  })
})

describe('events of a host that is not there', () => {
  it.each([
    ['host=b EventCode=1', 'host "b"'],
    ['sourcetype=Sysmon host=b', 'sourcetype "Sysmon" and host "b"'],
    ['ComputerName IN (b, c)', 'ComputerName "b" or "c"'],
    ['LogName=Security', 'LogName "Security"'],
  ])('are said to be none: %s', async (search, origin) => {
    const { unseen } = await asked(search)
    expect(unseen).toMatchObject({ lacks: 'origin', origin })
  })

  it.each(['host=a EventCode=1', 'host=A*', 'host=*', 'NOT host=b'])(
    'are not what %s asks',
    async (search) => {
      expect((await asked(search)).unseen).toBeUndefined()
    },
  )

  it('are told with their ids where others may be of it', async () => {
    expect((await asked('host=a EventCode=2')).unseen).toEqual({
      lacks: 'id',
      origin: 'host "a"',
      ids: [2],
    })
  })
})
