import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { RuleFile } from '../rule-text/loaded.ts'

import { cachedRules, cacheKey, storeRules } from './cache.ts'
import { codeVersion } from './code-version.ts'
import { loadRules } from './load.ts'
import type { RuleSet } from './rule-set.ts'

const { IPCWATCH_CACHE, HOME, XDG_CACHE_HOME } = process.env
const before = { IPCWATCH_CACHE, HOME, XDG_CACHE_HOME }
let dir = ''

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ipcwatch-cache-'))
  process.env.IPCWATCH_CACHE = dir
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

const key = '0'.repeat(64)
const rules: RuleSet = {
  rules: [],
  searches: [],
  refused: [
    {
      file: 'a.yml',
      diagnostics: [{ code: 'S001', severity: 'error', message: 'm' }],
    },
  ],
  diagnostics: [],
}
const kept = () => join(dir, `${key}.json`)

describe('a cache file', () => {
  beforeEach(() => storeRules(key, rules))

  it('gives back what was kept', async () => {
    expect(await cachedRules(key)).toEqual(rules)
    expect(readdirSync(dir)).toEqual([`${key}.json`])
  })

  it.each<[string, (text: string) => string]>([
    ['emptied', () => ''],
    ['cut', (text) => text.slice(0, -2)],
    ['of old', (text) => text.slice(text.indexOf('\n') + 1)],
    ['without its rules', (text) => text.replace(/\[\{.*?\}\]\}\]/, '[]')],
    [
      'whose rules and label were emptied',
      () =>
        '{"key":"x","counts":[0,0,0,0],"digest":"y"}\n{"rules":[],"searches":[],"refused":[],"diagnostics":[]}',
    ],
    ['that is no JSON', () => '{"key"'],
  ])('that is %s is not used', async (_, change) => {
    const text = readFileSync(kept(), 'utf8')
    expect(change(text)).not.toBe(text)
    writeFileSync(kept(), change(text))
    expect(await cachedRules(key)).toBeUndefined()
  })

  it('in the place of another is not used', async () => {
    const other = '1'.repeat(64)
    writeFileSync(join(dir, `${other}.json`), readFileSync(kept()))
    expect(await cachedRules(other)).toBeUndefined()
  })

  it.runIf(process.platform !== 'win32')(
    'that others can write, or that is a link, is not used',
    async () => {
      chmodSync(kept(), 0o620)
      expect(await cachedRules(key)).toBeUndefined()
      chmodSync(kept(), 0o600)
      expect(await cachedRules(key)).toEqual(rules)
      const other = '1'.repeat(64)
      symlinkSync(kept(), join(dir, `${other}.json`))
      expect(await cachedRules(other)).toBeUndefined()
    },
  )
})

describe('the key', () => {
  const files: RuleFile[] = [{ path: 'a.yml', text: 'title: t' }]

  it('changes with text, path and placeholders', async () => {
    const keys = [
      await cacheKey(files, undefined),
      await cacheKey([{ path: 'b.yml', text: 'title: t' }], undefined),
      await cacheKey([{ path: 'a.yml', text: 'title: u' }], undefined),
      await cacheKey(files, { a: [1] }),
    ]
    expect(new Set(keys).size).toBe(4)
    expect(await cacheKey(files, undefined)).toBe(keys[0])
  })

  it('is of the code that gives rules their meaning', async () => {
    expect(await codeVersion()).toMatch(/^[\da-f]{64}$/)
  })
})

describe('rules are the same', () => {
  const load = (cache: boolean) =>
    loadRules({ paths: [], builtin: true, cache })

  it('compiled, kept, and read again', async () => {
    const compiled = await load(false)
    expect(await load(true)).toEqual(compiled)
    expect(readdirSync(dir)).toHaveLength(1)
    expect(await load(true)).toEqual(compiled)
  })

  it.each([
    ['a file', () => join(dir, 'file')],
    ['a folder that cannot be made', () => '/dev/null/cache'],
    ['off', () => 'off'],
  ])('where the cache is %s', async (_, named) => {
    writeFileSync(join(dir, 'file'), '')
    process.env.IPCWATCH_CACHE = named()
    expect((await load(true)).rules).toHaveLength(
      (await load(false)).rules.length,
    )
  })

  it.each(['', 'relative', '/dev/null'])('with the home %j', async (home) => {
    delete process.env.IPCWATCH_CACHE
    delete process.env.XDG_CACHE_HOME
    process.env.HOME = home
    expect((await load(true)).rules).toHaveLength(
      (await load(false)).rules.length,
    )
    expect(readdirSync('.')).not.toContain('ipcwatch')
  })
})
