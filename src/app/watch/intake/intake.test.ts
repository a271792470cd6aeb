// Senders of all kinds into one place: what one sends is read as it meant it, whoever was there first.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { fieldOf } from '../../../event/event.ts'

import { Intake, NoRoom } from './intake.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-intake-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const image = 'C:\\good.exe'
/** Each says the same of one process start. */
const bodies = {
  json: `{"EventID":1,"Channel":"Security","Provider_Name":"x","Image":"C:\\\\good.exe"}\n`,
  table: `EventID,Channel,Image\n1,Security,${image}\n`,
  'another table': `Image;Channel;EventID\n${image};Security;1\n`,
  xml: `<?xml version="1.0"?>\n<Events><Event><System><Provider Name="x"/><EventID>1</EventID><Channel>Security</Channel></System>\n<EventData><Data Name="Image">${image}</Data></EventData></Event></Events>\n`,
  audit: `type=SYSCALL msg=audit(1600000000.000:1): arch=c000003e syscall=59 success=yes exit=0 pid=2 comm="x" exe="${image}"\n`,
}
type Kind = keyof typeof bodies
const kinds = Object.keys(bodies) as Kind[]

async function imagesOf(sent: readonly Kind[]): Promise<number> {
  rmSync(folder, { recursive: true })
  const images: unknown[] = []
  let key = 0
  const intake = new Intake(
    { name: 'a', folder, maxWaiting: 2 ** 30, known: [], nextKey: () => key++ },
    {
      event: (event) => images.push(fieldOf(event, 'Image')),
      gate: undefined,
    },
  )
  for (const [i, kind] of sent.entries()) {
    const body = bodies[kind].replace('000:1)', `000:${i})`)
    await intake.accept(Buffer.from(body))
  }
  for (const source of intake.sources) {
    while ((await source.read(1024 * 1024)) > 0);
    await source.end()
  }
  await intake.close()
  return images.filter((i) => i === image).length
}

it('who sends first decides nothing for those behind', async () => {
  const alone = new Map<Kind, number>()
  for (const kind of kinds) alone.set(kind, await imagesOf([kind]))
  expect(Object.fromEntries(alone)).toEqual(
    Object.fromEntries(kinds.map((kind) => [kind, 1])),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 8 }),
      async (sent) => {
        expect(await imagesOf(sent)).toBe(sent.length)
      },
    ),
    { numRuns: 20 },
  )
})

it('of senders whose beginning alone tells what they send, only so many have room', async () => {
  const intake = new Intake(
    { name: 'a', folder, maxWaiting: 2 ** 30, known: [], nextKey: () => 1 },
    { event: () => {}, gate: undefined },
  )
  const send = async () => {
    for (;;) await intake.accept(Buffer.from(bodies.table))
  }
  await expect(send()).rejects.toThrow(NoRoom)
  // Others are taken meanwhile.
  await intake.accept(Buffer.from(bodies.json))
  await intake.close()
})
