// A script that speaks as eslogger does: what it lists, what it writes, how it ends.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Emitter } from '../emitter.ts'
import { everything } from '../scope.ts'
import type { RunningSensor } from '../sensor.ts'
import { esloggerAt } from './sensor.ts'

let folder = ''
let running: RunningSensor | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-eslogger-'))
})
afterEach(async () => {
  await running?.stop()
  running = undefined
  rmSync(folder, { recursive: true })
})

const event = (n: number) =>
  `{"schema_version":1,"global_seq_num":${n},"event":{"exec":{}}}`

/** Resolves with what it wrote when it failed, or when it has written as much. */
async function runs(body: string, atLeast: number) {
  const program = join(folder, 'eslogger')
  const list =
    'if [ "$1" = --list-events ]; then printf "exec\\nfork\\nxpc_connect\\nnew_thing\\n"; exit; fi'
  writeFileSync(program, `#!/bin/sh\n${list}\n${body}\n`)
  chmodSync(program, 0o755)
  const lines: string[] = []
  return await new Promise<{ lines: string[]; why: string | undefined }>(
    (resolve, reject) => {
      const emitter = new Emitter({
        sensor: 'eslogger',
        bootId: '',
        write: (line) => {
          lines.push(line)
          if (lines.length === atLeast) resolve({ lines, why: undefined })
        },
      })
      const failed = (why: string) => resolve({ lines, why })
      const options = { scope: everything, emitter, failed }
      Promise.resolve(esloggerAt(program).start(options)).then((sensor) => {
        running = sensor
      }, reject)
    },
  )
}

describe.skipIf(process.platform === 'win32')('eslogger', () => {
  it('is asked only for the events that this version has', async () => {
    const { lines } = await runs('echo "{\\"asked\\":\\"$*\\"}"; sleep 30', 1)
    expect(JSON.parse(lines[0]!)).toEqual({ asked: 'exec fork xpc_connect' })
  })

  it('has its lines handed on, and gaps of their numbers told', async () => {
    const { lines } = await runs(
      `echo '${event(5)}'; echo 'torn {'; echo '${event(6)}'; echo '${event(9)}'; sleep 30`,
      5,
    )
    expect(lines.slice(0, 4)).toEqual([event(5), 'torn {', event(6), event(9)])
    expect(JSON.parse(lines[4]!)).toMatchObject({
      type: 'health',
      kind: 'dropped',
      count: 2,
    })
    expect(running!.counts()).toEqual({ seen: 4, dropped: 2 })
  })

  it('that ends says why', async () => {
    const { why } = await runs(
      'echo "Not permitted to create an ES Client" >&2; exit 1',
      99,
    )
    expect(why).toBe(
      'eslogger ended (code 1): Not permitted to create an ES Client',
    )
  })
})
