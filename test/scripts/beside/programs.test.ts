// Small programs with loops, choices, functions and classes: what interpreters said of `out` at their end, or what the documentation of the
// language says of it where there is none. What folding does not follow it may leave open; it never says something else.
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { readScript } from '../../../src/scripts/index.ts'
import type { Language } from '../../../src/scripts/language.ts'

interface Program {
  readonly language: Language
  readonly program: string
  readonly out: string
}

const programs = readFileSync('test/scripts/beside/programs.ndjson', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Program)

/** Starts what the program made, so that it is told. */
const told: Readonly<Record<string, string>> = {
  vbscript: 'CreateObject("WScript.Shell").Run "tool " & out & "]"',
  jscript: ';new ActiveXObject("WScript.Shell").Run("tool " + out + "]")',
  powershell: "(New-Object -ComObject WScript.Shell).Run('tool ' + $out + ']')",
}

function saidOf({ language, program }: Program): string[] {
  const text = `${program}\n${told[language]}`.replaceAll('\n', '\r\n')
  const actions = readScript(text, { language })!.actions
  return actions.flatMap(({ kind, target }) =>
    kind === 'start' && target.startsWith('tool ')
      ? [target.slice('tool '.length, -1)]
      : [],
  )
}

describe('a program comes to', () => {
  it.each(['vbscript', 'jscript', 'powershell'])('the same: %s', (language) => {
    const own = programs.filter((p) => p.language === language)
    const open = own.filter((p) => saidOf(p).some((s) => s.includes('{')))
    const wrong = own.flatMap((p) => {
      const said = saidOf(p)
      const isRight = said.length === 1 && said[0] === p.out
      return isRight || open.includes(p)
        ? []
        : [`${p.program}\n  is ${p.out}, told ${said.join(' | ')}`]
    })
    expect(wrong).toEqual([])
    expect(open.length).toBeLessThan(own.length / 5)
  })
})
