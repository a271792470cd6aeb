// The mutation campaign in full: `npx tsx scripts/mutate.ts [inputs] [seed]`. Fails on an exception, on an input that takes over a second, and on
// memory that does not stay bounded. With `documents` behind these: documents and scripts alone, in less memory. It runs as what is shipped
// does, in files of its own under plain Node: what reads TypeScript takes a hundred megabytes in the process that it reads for.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { build } from 'esbuild'

// Two levels below the package: paths to its data are told from there.
const folder = mkdtempSync(resolve('node_modules', 'ipcwatch-mutate-'))
const main = join(folder, 'main.mjs')
await build({
  entryPoints: ['test/mutation/main.ts'],
  outfile: main,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  // Libraries of the older kind ask for built-in modules so.
  banner: {
    js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
  },
  define: { bundledCode: '"mutated"' },
})
const { status } = spawnSync(
  process.execPath,
  [main, ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
rmSync(folder, { recursive: true })
process.exit(status ?? 1)
