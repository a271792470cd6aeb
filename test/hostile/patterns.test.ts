// Which expressions of our own cost the square of a text, or more? A look at how they are written: none begins anywhere with a repeated class and asks for
// the end behind it, none has a lazy repetition before blanks and the end, none repeats what it repeats within.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

const literal =
  /(?<![\w)\]])\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*)\/[dgimsuvy]*/g
const one = String.raw`(?:\[(?:\\.|[^\]\\])+\]|\\[swdSWD]|\.)`

const costly = [
  {
    what: 'a repeated class before the end, from anywhere',
    pattern: new RegExp(String.raw`^\(?(?:\?:)?${one}[*+]\)?\$$`),
  },
  {
    what: 'a lazy repetition before blanks and the end',
    pattern: new RegExp(String.raw`${one}[*+]\?\)?(?:\["'\]\?)?\\s\*\$`),
  },
  {
    what: 'blanks beside blanks',
    pattern: /\\s[*+](?:\[\\s[^\]]*\]\\s[*+]|\\s[*+])/,
  },
]

/** What is cut to a length before it is asked. */
const bounded = new Set([
  // ties.ts: at most so many characters of a line.
  String.raw`[^\\/:*?"'<>|!]*$`,
  // internet-shortcut.ts: a line of at most so many characters.
  String.raw`^\s*(URL|Icon(?:File|Resource)|WorkingDirectory|BASEURL)\s*=\s*(.+?)\s*$`,
  // aggregation.ts: a condition of a rule, which has at most so many characters.
  String.raw`^\s*(\w+)\s*\(\s*([^()\s]*)\s*\)\s*(?:by\s+([^<>=]+?)\s*)?(>=|<=|==|>|<|=)\s*(\d{1,9})\s*$`,
])

function* literals(): Generator<readonly [string, string]> {
  for (const name of readdirSync('src', {
    recursive: true,
    encoding: 'utf8',
  })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    for (const line of readFileSync(join('src', name), 'utf8').split('\n')) {
      if (/^\s*(?:\/\/|\*|\/\*)/.test(line)) continue
      for (const [, source] of line.matchAll(literal)) yield [name, source!]
    }
  }
}

describe('no expression of ours has', () => {
  const all = [...literals()]

  it.each(costly)('$what', ({ pattern }) => {
    const found = all.filter(([, s]) => pattern.test(s) && !bounded.has(s))
    expect(found).toEqual([])
  })

  it('been overlooked: there are hundreds', () => {
    expect(all.length).toBeGreaterThan(500)
  })

  it.each([
    [0, '[;,)]+$'],
    [0, String.raw`\s+$`],
    [1, String.raw`^\s*=\s*(.*?)\s*$`],
    [2, String.raw`^a\s*[\s=]\s*b`],
  ])('these faults unseen: %i %s', (i, source) => {
    expect(costly[i]!.pattern.test(source)).toBe(true)
  })
})
