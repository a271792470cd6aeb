// The scripts of `ipcwatch completion`, run by the shells themselves as far as they are on this machine.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { ownFolder } from './tools/own-folder.ts'
import { run } from './tools/product.ts'

const { path: folder } = ownFolder('completion')

function scriptOf(shell: string): string {
  const { stdout, status } = run(['completion', shell])
  expect(status).toBe(0)
  return stdout
}

function fileOf(shell: string): string {
  const path = join(folder, shell)
  if (!existsSync(path)) writeFileSync(path, scriptOf(shell))
  return path
}

function linesOf(program: string, args: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(Boolean)
}

type Complete = (words: readonly string[]) => string[]

/** Each offers what can stand for the last word. */
const shells: readonly (readonly [string, Complete])[] = [
  [
    'bash',
    (words) => {
      const typed = words.map((w) => `'${w}'`).join(' ')
      const script = `source ${fileOf('bash')}; COMP_WORDS=(ipcwatch ${typed}); COMP_CWORD=${words.length}; _ipcwatch; printf '%s\\n' "\${COMPREPLY[@]}"`
      return linesOf('bash', ['--norc', '-c', script])
    },
  ],
  [
    'zsh',
    (words) => {
      const typed = words.map((w) => `'${w}'`).join(' ')
      const script = `compdef() { }; _files() { }; compadd() { print -l -- "$@[2,-1]" }; _describe() { print -l -- "$described[@]" }
        source ${fileOf('zsh')}; words=(ipcwatch ${typed}); CURRENT=${words.length + 1}; _ipcwatch`
      const last = words.at(-1)!
      return linesOf('zsh', ['-f', '-c', script])
        .map((line) => line.split(':', 1)[0]!)
        .filter((word) => word.startsWith(last))
    },
  ],
  [
    'fish',
    (words) => {
      const typed = ['ipcwatch', ...words].join(' ')
      const script = `source ${fileOf('fish')}; complete -C '${typed}'`
      return linesOf('fish', ['--no-config', '-c', script]).map(
        (line) => line.split('\t', 1)[0]!,
      )
    },
  ],
]
const here = shells.filter(([shell]) => !spawnSync(shell, ['--version']).error)

describe('completion', () => {
  it.each(here)('%s completes commands, flags and values', (_, complete) => {
    expect(complete(['hu'])).toEqual(['hunt'])
    expect(complete(['rules', 'cov'])).toEqual(['coverage'])
    expect(complete(['rules', 'coverage', '--no-b'])).toEqual(['--no-builtin'])
    expect(complete(['scan', 'a.log', '--time'])).toEqual(['--time-zone'])
    expect(complete(['scan', '--format', 'nd'])).toEqual(['ndjson'])
    expect(complete(['scan', '--min-level', 'hi'])).toEqual(['high'])
    expect(complete(['completion', 'fi'])).toEqual(['fish'])
  })

  it('says every flag of every command to PowerShell', () => {
    const script = scriptOf('powershell')
    expect(script).toContain("' rules coverage' = @(")
    expect(script).toContain("'--time-zone'")
    expect(script).toContain(
      "' scan --format' = @('table', 'ndjson', 'json', 'csv'",
    )
  })
})
