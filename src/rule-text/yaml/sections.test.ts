import { describe, expect, it } from 'vitest'

import { loadSigma } from '../../languages/sigma/index.ts'

import { readAnyYaml, readYaml } from './read.ts'
import { sectionsOf } from './sections.ts'

describe('sectionsOf', () => {
  it('cuts at markers that stand at the start of a line', () => {
    expect(sectionsOf('a: 1\n---\nb: 2\n--- \nc: ---\n')).toEqual([
      { text: 'a: 1\n', line: 0 },
      { text: 'b: 2\n', line: 2 },
      { text: 'c: ---\n', line: 4 },
    ])
  })

  it('keeps what stands behind a marker with it', () => {
    expect(sectionsOf('---\na: 1\n--- {b: 2}\n--- # c\nc: 3')).toEqual([
      { text: 'a: 1\n', line: 1 },
      { text: '--- {b: 2}\n', line: 2 },
      { text: '--- # c\nc: 3', line: 3 },
    ])
  })

  it('leaves a text with directives whole', () => {
    const text = '%YAML 1.2\n---\na: 1\n---\nb: 2\n'
    expect(sectionsOf(text)).toEqual([{ text, line: 0 }])
  })

  it('gives the documents that the library finds in the whole', () => {
    for (const text of [
      '---\n---\na: 1\n---\n',
      'a: |\n  x\n---\nb: >\n  y\n  ---\n',
      '--- a\n--- b\n...\n---\nc: 1\n',
      '# x\n---\na: 1 # y\n---\n\n---\nb: [1,\n 2]\r\n---\r\nc: 3',
    ]) {
      const whole = readAnyYaml({ text, line: 0 })
      const cut = readYaml(text)
      expect(cut.map((d) => d.value)).toEqual(whole.map((d) => d.value))
      expect(cut.map((d) => d.line)).toEqual(whole.map((d) => d.line))
    }
  })
})

describe('a file of many documents', () => {
  it('is read though one of them is not YAML', () => {
    const rule = (title: string) =>
      `title: ${title}\nlogsource: { product: test }\ndetection: { s: { A: 1 }, condition: s }\n`
    const text = `${rule('a')}---\ntitle: "open\n---\n${rule('c')}level: hi\n`
    const { rules, refused } = loadSigma([{ path: 'x.yml', text }])
    expect(rules.map((r) => r.meta.title)).toEqual(['a'])
    const places = refused.map((r) => {
      const { code, position } = r.diagnostics[0]!
      return `${code} ${position!.line}:${position!.column}`
    })
    expect(places).toEqual(['S001 6:1', 'S008 10:8'])
  })

  it('gives each its own bound', () => {
    const long = `title: ${'x'.repeat(600 * 1024)}\n`
    const { refused } = loadSigma([
      { path: 'x.yml', text: `a: 1\n---\n${long}` },
    ])
    expect(refused.map((r) => r.diagnostics[0]!.code)).toEqual(['S003', 'S006'])
    expect(refused[1]!.diagnostics[0]!.position!.line).toBe(3)
  })
})
