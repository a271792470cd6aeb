import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { everything } from '../scope.ts'
import { actorMembers, ProcessTable } from './process-table.ts'

let proc = ''
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'ipcwatch-table-'))
})
afterEach(() => rmSync(proc, { recursive: true }))

/** As the kernel writes a process. */
function there(pid: number, ppid: number, program: string, start = pid) {
  const folder = join(proc, String(pid))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const rest = Array.from({ length: 30 }, (_, i) => String(i))
  rest[0] = 'S'
  rest[1] = String(ppid)
  rest[19] = String(start)
  writeFileSync(join(folder, 'stat'), `${pid} (a) b) ${rest.join(' ')}`)
  writeFileSync(join(folder, 'status'), 'Name:\ta\nUid:\t1000\t0\t0\t0\n')
  writeFileSync(join(folder, 'cmdline'), `${program}\0-x\0`)
  writeFileSync(join(folder, 'cgroup'), '0::/system.slice/a.service\n')
  writeFileSync(join(folder, 'loginuid'), '4294967295')
  symlinkSync(program, join(folder, 'exe'))
}

const gone = (pid: number) =>
  rmSync(join(proc, String(pid)), { recursive: true })

function tableOf(
  scope: ConstructorParameters<typeof ProcessTable>[0] = everything,
) {
  const table = new ProcessTable(scope, proc)
  table.begin()
  return table
}

describe('the table of processes', () => {
  it('has what was there at the beginning, with names that hold parentheses', () => {
    there(5, 1, '/bin/a')
    expect(tableOf().get(5)).toMatchObject({
      name: 'a) b',
      image: '/bin/a',
      commandLine: '/bin/a -x',
      realUserId: 1000,
      userId: 0,
      controlGroup: '/system.slice/a.service',
      loginUserId: undefined,
    })
  })

  it('knows who a process was that ended before it could be looked at', () => {
    there(5, 1, '/bin/a')
    const table = tableOf()
    table.forked(5, 6)
    table.execed(6, { unseen: { image: '/bin/b', name: 'b' } })
    table.exited(6)
    expect(JSON.parse(`{${actorMembers(table, 6)}}`)).toMatchObject({
      exe: '/bin/b',
      uid: 1000,
      ppid: 5,
      parent_exe: '/bin/a',
    })
  })

  it('keeps no ghost of a process whose end was dropped', () => {
    there(5, 1, '/bin/a')
    const table = tableOf()
    gone(5)
    table.reconcile()
    expect(table.size).toBe(0)
  })

  it('sees that a pid is used again', () => {
    there(5, 1, '/bin/a')
    const table = tableOf()
    there(5, 1, '/bin/b', 900)
    table.reconcile()
    expect(table.get(5)?.image).toBe('/bin/b')
  })

  it('follows a tree, whatever order pids have', () => {
    there(9, 1, '/bin/top')
    there(5, 9, '/bin/child')
    there(7, 1, '/bin/other')
    const table = tableOf({ kind: 'tree', pid: 9 })
    table.forked(5, 11)
    table.forked(7, 12)
    expect([9, 5, 11, 7, 12].map((p) => table.isInScope(p))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('knows by its parent whose fork was dropped', () => {
    there(9, 1, '/bin/top')
    there(7, 1, '/bin/other')
    const table = tableOf({ kind: 'tree', pid: 9 })
    there(11, 9, '/bin/child')
    there(12, 11, '/bin/grandchild')
    there(13, 7, '/bin/other')
    expect([11, 12, 13].map((p) => table.isInScope(p))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('follows a control group', () => {
    there(5, 1, '/bin/a')
    const inside = (path: string) =>
      tableOf({ kind: 'group', path }).isInScope(5)
    expect(inside('/system.slice')).toBe(true)
    expect(inside('/user.slice')).toBe(false)
  })
})
