// What V8 made of the program when it was built is a help, never a need.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { compiledName, scriptName } from '../src/cli/compiled-code.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-compiled-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('is taken by the Node that built it', () => {
  const source = `
    const { openScript } = await import(${JSON.stringify(resolve('dist/cli/compiled-code.js'))})
    process.stdout.write(String(openScript().cachedDataRejected))`
  const { stdout } = node('--input-type=module', '-e', source)
  expect(stdout).toBe('false')
})

it.each([
  ['absent', undefined],
  ['of another release', Buffer.alloc(4096, 1)],
  ['cut', Buffer.alloc(0)],
])('is done without where it is %s', (_, compiled) => {
  const cli = join(folder, 'dist', 'cli')
  mkdirSync(cli, { recursive: true })
  copyFileSync('package.json', join(folder, 'package.json'))
  for (const name of ['main.js', scriptName])
    copyFileSync(join('dist', 'cli', name), join(cli, name))
  if (compiled) writeFileSync(join(cli, compiledName), compiled)
  const { status, stdout } = node(join(cli, 'main.js'), '--version')
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(status).toBe(0)
})

function node(...args: string[]) {
  return spawnSync(process.execPath, args, { encoding: 'utf8' })
}
