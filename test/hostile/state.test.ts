// The folder of a watch's state in which somebody put what does not belong there: nothing elsewhere is written over, nothing is waited for,
// and what lies about its size takes no memory.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { type Entry, Journal } from '../../src/app/watch/journal.ts'
import { lockFolder } from '../../src/app/watch/lock.ts'
import { Outbox } from '../../src/app/watch/outbox.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-state-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folders = 0
function folder(): string {
  const path = join(root, String(folders++))
  mkdirSync(path)
  return path
}

const precious = join(root, 'precious')
writeFileSync(precious, 'precious\n')

const entry: Entry = { kind: 'rules', ids: ['a'] }
const refused = /state is kept in regular files/

const places: Readonly<Record<string, (path: string) => void>> = {
  'a link to a file': (path) => symlinkSync(precious, path),
  'a link to a device': (path) => symlinkSync('/dev/zero', path),
  'a link to nothing': (path) => symlinkSync(join(root, 'nothing'), path),
  'a named pipe': (path) => execFileSync('mkfifo', [path]),
  'a folder': (path) => mkdirSync(path),
}

describe.runIf(process.platform !== 'win32')('a folder of state', () => {
  it.each(Object.entries(places))(
    'with %s in the place of a file is refused',
    (_, put) => {
      for (const name of ['journal', 'version']) {
        const state = folder()
        put(join(state, name))
        expect(() => Journal.open(state)).toThrow(refused)
      }
      const locked = folder()
      put(join(locked, 'lock'))
      expect(() => lockFolder(locked)).toThrow(refused)
      const outbox = folder()
      put(join(outbox, '000000001.ndjson'))
      expect(() => new Outbox(outbox, 1e6)).toThrow(refused)
      const cut = folder()
      const journal = Journal.open(cut)
      put(join(cut, 'journal.new'))
      expect(() => journal.replace([entry])).toThrow(refused)
      journal.close()
      expect(readFileSync(precious, 'utf8')).toBe('precious\n')
    },
  )

  it('whose version is endless is refused', () => {
    const state = folder()
    writeFileSync(join(state, 'version'), '1')
    truncateSync(join(state, 'version'), 2 ** 33)
    expect(() => Journal.open(state)).toThrow('larger than')
  })

  it('keeps the records before one that says it is as large as can be, and takes no memory for that', () => {
    const state = folder()
    const journal = Journal.open(state)
    journal.append(entry)
    const path = join(state, 'journal')
    const lie = Buffer.alloc(12)
    lie.writeUInt32LE(2 ** 29, 0)
    appendFileSync(path, lie)
    truncateSync(path, journal.bytes + lie.length + 2 ** 29)
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    let torn = 0
    const entries: Entry[] = []
    for (const one of journal.entries((bytes) => {
      torn = bytes
      most = process.memoryUsage().arrayBuffers
    }))
      entries.push(one)
    expect(entries).toEqual([entry])
    expect(torn).toBe(2 ** 29 + lie.length)
    expect(most - before).toBeLessThan(64 * 1024 * 1024)
    journal.close()
  })
})
