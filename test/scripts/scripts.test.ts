import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import {
  type Language,
  paragraphOf,
  readScript,
} from '../../src/scripts/index.ts'

import { runScriptCampaign } from './campaign.ts'
import { corpus, readingOf } from './corpus.ts'

const golden = 'test/scripts/reports.txt'

/** UPDATE_GOLDEN=1 writes it anew. */
function reports(): string {
  const text = corpus.map((script) => {
    const reading = readingOf(script)
    const actions = reading.actions.map(
      ({ kind, target, host, offset, length }) =>
        `  ${offset}+${length} ${kind} ${target.replace(/\s+/g, ' ')}${host ? ` on ${host}` : ''}`,
    )
    const head = `${script.name} (${reading.language})`
    return [head, paragraphOf(reading), ...actions, ''].join('\n')
  })
  return `${text.join('\n')}\n`
}

describe('the corpus of scripts', () => {
  it('has twenty-five languages, dialects and files of settings, each plain, obfuscated and benign', () => {
    const kinds = new Map<string, string[]>()
    for (const { name } of corpus) {
      const [, language = '', kind = ''] = /^(\w+)-(\w+)\./.exec(name) ?? []
      kinds.set(language, [...(kinds.get(language) ?? []), kind])
    }
    expect(kinds.size).toBe(25)
    for (const own of kinds.values()) {
      expect(own.sort()).toEqual(['benign', 'obfuscated', 'plain'])
    }
  })

  it('is told as the reports say', () => {
    const now = reports()
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, now)
    expect(now).toBe(readFileSync(golden, 'utf8'))
  })

  it('has nothing of impersonation, hosts, protections and shells in benign scripts', () => {
    const grave =
      /^(pipe_|network_shell|process_access|enable|disable|fifo|xpc|dbus)/
    const told = corpus
      .filter(({ name }) => name.includes('-benign'))
      .flatMap((s) => readingOf(s).actions.filter((a) => grave.test(a.kind)))
    expect(told).toEqual([])
  })

  it('gives the files that a script carries', () => {
    const carrying = corpus.filter((s) => readingOf(s).files.length > 0)
    expect(carrying.map((s) => s.name)).toEqual(['html-plain.html'])
    const [zip] = readingOf(carrying[0]!).files
    expect(zip!.toString('latin1')).toContain('Shell.Application')
  })

  it('says the bytes that an action stands in', () => {
    for (const script of corpus) {
      for (const { offset, length, source } of readingOf(script).actions) {
        expect(offset + length).toBeLessThanOrEqual(script.bytes.length)
        const there = script.bytes.subarray(offset, offset + length)
        expect(there.toString('utf8')).toBe(source)
      }
    }
  })

  it('is told alike in every encoding of its text', () => {
    for (const script of corpus) {
      const text = script.bytes.toString('utf8')
      const wide = Buffer.from(`\ufeff${text}`, 'utf16le')
      const plain = readingOf(script).actions
      const other = readingOf({ ...script, bytes: wide }).actions
      const kindsAndTargets = (all: typeof plain) =>
        all.map((a) => [a.kind, a.target])
      expect(kindsAndTargets(other)).toEqual(kindsAndTargets(plain))
      expect(other.map((a) => a.offset)).toEqual(
        plain.map((a) => 2 + 2 * a.offset),
      )
    }
  })

  it('no damage makes it throw, and spans stay within the bytes', () => {
    expect(runScriptCampaign(600, 1).failures).toEqual([])
  })
})

describe('bombs', () => {
  const limitsOf = (text: string, language: Language) =>
    readScript(text, { language })!.limits

  it('nesting is followed to a depth, and said', () => {
    for (const language of [
      'jscript',
      'python',
      'powershell',
      'perl',
    ] as const) {
      const text = `x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`
      expect(limitsOf(text, language).join()).toMatch(/nested over/)
    }
  })

  it('a loop that never ends is left, and said', () => {
    const text = 's = "a"\nDo\n s = s & s\nLoop While 1 = 1\n'
    const counted = 'For i = 0 To 999999999\n x = x & "a"\nNext\n'
    expect(limitsOf(text, 'vbscript').join()).toMatch(/units|steps/)
    expect(limitsOf(counted, 'vbscript').join()).toMatch(/steps|turns/)
  })

  it('concatenation that doubles is bounded, and said', () => {
    const lines = Array.from({ length: 60 }, () => 's = s + s')
    const text = ['s = "aaaaaaaaaaaaaaaa"', ...lines].join('\n')
    expect(limitsOf(text, 'python').join()).toMatch(/units/)
  })

  it('towers of base64 are opened to a depth, and said', () => {
    let text = 'whoami'
    for (let i = 0; i < 16; i++) {
      const inner = Buffer.from(text, 'utf16le').toString('base64')
      text = `powershell -enc ${inner}`
      if (text.length > 1_000_000) break
    }
    const limits = limitsOf(text, 'batch').join()
    expect(limits).toMatch(/scripts in scripts|units/)
  })

  it('compressed text that would grow without bound is not opened, and said', () => {
    const packed = gzipSync(Buffer.alloc(50_000_000, 'a')).toString('base64')
    const text = `import gzip, base64\nexec(gzip.decompress(base64.b64decode("${packed}")))`
    expect(limitsOf(text, 'python').join()).toMatch(/compressed text/)
  })
})
