import {
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { makeFolder } from './make-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-folders-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('a folder', () => {
  it('is made with those above it, and may be there', () => {
    const path = join(root, 'a', 'b', 'c')
    makeFolder(path)
    makeFolder(path)
    expect(statSync(path).isDirectory()).toBe(true)
  })

  it('is not made where a file stands', () => {
    const path = join(root, 'file')
    writeFileSync(path, '')
    expect(() => makeFolder(path)).toThrow(/EEXIST/)
    expect(() => makeFolder(join(path, 'below'))).toThrow(/EEXIST|ENOTDIR/)
  })

  it.runIf(existsSync('/proc/self'))(
    'is refused by a system that knows of none',
    () => {
      expect(() => makeFolder('/proc/nothing/below')).toThrow(/ENOENT/)
    },
  )
})
