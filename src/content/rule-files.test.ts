import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { builtinRules, readRuleFiles } from './rule-files.ts'

let dir = ''
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'ipcwatch-rules-')))
})
afterEach(() => rmSync(dir, { recursive: true }))

function write(...names: string[]) {
  for (const name of names) {
    mkdirSync(join(dir, name, '..'), { recursive: true })
    writeFileSync(join(dir, name), `title: ${name}`)
  }
}

async function found(...roots: string[]) {
  const { files, diagnostics } = await readRuleFiles(roots)
  const inDir = (text: string) => text.replaceAll(`${dir}/`, '')
  return {
    files: files.map((f) => inDir(f.path)),
    said: diagnostics.map((d) => `${d.code} ${inDir(d.message)}`),
  }
}

describe('rule files', () => {
  it('are those with the name of one, folders in the order of their names', async () => {
    write('b.yml', 'a/c.yaml', 'a/d.spl', 'a/notes.md', '.git/e.yml')
    expect(await found(dir)).toEqual({
      files: ['a/c.yaml', 'a/d.spl', 'b.yml'],
      said: [],
    })
  })

  it('are read once where paths nest, repeat, or are links', async () => {
    write('a/b/c.yml', 'a/d.yml')
    symlinkSync(join(dir, 'a'), join(dir, 'a/b/up'))
    symlinkSync(join(dir, 'a/d.yml'), join(dir, 'a/e.yml'))
    const roots = [join(dir, 'a/b'), dir, join(dir, 'a', '..', 'a', 'd.yml')]
    expect(await found(...roots)).toEqual({
      files: ['a/b/c.yml', 'a/d.yml'],
      said: [],
    })
  })

  it('that stand behind a link are found', async () => {
    write('elsewhere/a.yml', 'rules/b.yml')
    symlinkSync(join(dir, 'elsewhere'), join(dir, 'rules/z'))
    const { files } = await found(join(dir, 'rules'))
    expect(files).toEqual(['rules/b.yml', 'rules/z/a.yml'])
  })

  it('of the package are found without their evidence, also by their path', async () => {
    const { files } = await found(builtinRules, join(builtinRules, 'windows'))
    expect(files.length).toBeGreaterThan(80)
    expect(files.filter((f) => /[\\/](fires|silent)[\\/]/.test(f))).toEqual([])
    expect(files[0]).toMatch(/^content.rules/)
  })

  it('that are none are named for what they are', async () => {
    write('good.yml')
    symlinkSync(join(dir, 'nowhere'), join(dir, 'lost.yml'))
    symlinkSync(join(dir, 'nowhere'), join(dir, 'lost'))
    writeFileSync(join(dir, 'large.yml'), Buffer.alloc(4 * 1024 * 1024 + 1))
    expect(await found(dir, join(dir, 'none'))).toEqual({
      files: ['good.yml'],
      said: [
        'C001 no rules at "none": no such file or folder',
        'C002 "lost.yml" cannot be read: no such file or folder',
        'C002 rule file "large.yml" cannot be read: it is larger than 4194304 bytes',
      ],
    })
  })

  it.runIf(process.platform !== 'win32')(
    'that never end are refused',
    async () => {
      execFileSync('mkfifo', [join(dir, 'pipe.yml')])
      symlinkSync('/dev/zero', join(dir, 'zero.yml'))
      expect(await found(dir, '/dev/null')).toEqual({
        files: [],
        said: [
          'C001 no rules at "/dev/null": it is a device; rules are files or folders',
          'C002 rule file "pipe.yml" cannot be read: it is a named pipe; a regular file was expected',
          'C002 rule file "zero.yml" cannot be read: it is a device; a regular file was expected',
        ],
      })
    },
  )
})
