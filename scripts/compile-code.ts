// What V8 makes of the script of the program, written beside it: all that a scan of the examples came to need is compiled, the rest is when
// it is needed. In a process of its own, which ends as scans do. usage: tsx scripts/compile-code.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import type * as Compiled from '../src/cli/compiled-code.ts'
import type * as Heap from '../src/app/reading/heap.ts'

const load = (...path: string[]) =>
  import(pathToFileURL(resolve('dist', ...path)).href)

const { beginWithFlags }: typeof Heap = await load('app', 'reading', 'heap.js')
const { codeOf, compiledName, openScript }: typeof Compiled = await load(
  'cli',
  'compiled-code.js',
)

const cache = mkdtempSync(join(tmpdir(), 'ipcwatch-build-'))
process.env.IPCWATCH_CACHE = cache
const main = resolve('dist', 'cli', 'main.js')
process.argv = [process.execPath, main, 'scan', 'examples', '--quiet']

const script = openScript()
process.on('exit', () => {
  rmSync(cache, { recursive: true, force: true })
  beginWithFlags()
  const path = resolve('dist', 'cli', compiledName)
  writeFileSync(path, script.createCachedData())
  // The examples hold findings: how that scan ended is not how this has.
  process.exitCode = 0
})
await codeOf(script).program()
