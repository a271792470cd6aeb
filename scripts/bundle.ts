// Puts the command line into few files: looking up and reading hundreds of modules is a third of a short run. Runs behind tsc, in place of
// whose dist/cli/main.js it writes; what is loaded on demand stays apart. usage: tsx scripts/bundle.ts
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { build } from 'esbuild'

import { codeHash } from '../src/content/code-version.ts'

const dist = resolve('dist')

await build({
  entryPoints: {
    main: join(dist, 'cli', 'main.js'),
    worker: join(dist, 'app', 'pool', 'worker.js'),
  },
  // Two levels below the package, as all of dist: paths to its data are told from there.
  outdir: join(dist, 'cli'),
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  chunkNames: 'part-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'linked',
  logLevel: 'warning',
  // Libraries of the older kind ask for built-in modules so.
  banner: {
    js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
  },
  define: { bundledCode: JSON.stringify(await codeHash(dist, '.js')) },
})

// The kernel's side of the eBPF sensor is loaded as it is.
const objects = join('src', 'sensors', 'ebpf')
mkdirSync(join(dist, 'sensors', 'ebpf'), { recursive: true })
for (const name of readdirSync(objects)) {
  if (!name.endsWith('.bpf.o')) continue
  copyFileSync(join(objects, name), join(dist, 'sensors', 'ebpf', name))
}
