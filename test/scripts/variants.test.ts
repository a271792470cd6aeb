// One thing done in many ways: each file of the folder says what is told of it; ordinary ones say nothing grave.
import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { type Action, readScript } from '../../src/scripts/index.ts'

const folder = 'test/scripts/variants'

function actionsOf(name: string): readonly Action[] {
  return readScript(readFileSync(`${folder}/${name}`), { name })?.actions ?? []
}

function lineOf({ kind, target, host }: Action): string {
  return `${kind} ${target.replace(/\s+/g, ' ')}${host ? ` on ${host}` : ''}`
}

const expected = readFileSync(`${folder}/expected.txt`, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [string, string])

describe('variants', () => {
  it.each(expected)('%s: %s', (name, line) => {
    expect(actionsOf(name).map(lineOf)).toContain(line)
  })

  it('every file says what is told of it, or is an ordinary one', () => {
    const named = new Set(expected.map(([name]) => name))
    const other = readdirSync(folder).filter((name) => !named.has(name))
    const unsaid = other.filter((n) => !/^(?:ordinary-|expected)/.test(n))
    expect(unsaid).toEqual([])
  })
})

describe('ordinary scripts', () => {
  const ordinary = readdirSync(folder).filter((n) => n.startsWith('ordinary-'))
  const grave =
    /^(?:network_shell|pipe_|process_access|enable|disable|xpc|prompt|piped_script)/

  it.each(ordinary)('%s says nothing grave', (name) => {
    const told = actionsOf(name).filter(({ kind }) => grave.test(kind))
    expect(told.map(lineOf)).toEqual([])
  })
})
