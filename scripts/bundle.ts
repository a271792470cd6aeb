// Puts the program into one script, and beside it what V8 makes of it: looking up, reading and compiling hundreds of modules is most of a short
// run. Runs behind tsc, in place of whose entries it writes. usage: tsx scripts/bundle.ts
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { type BuildOptions, build } from 'esbuild'

import { scriptName, urlName } from '../src/cli/compiled-code.ts'
import { codeHash } from '../src/content/code-version.ts'

const dist = resolve('dist')
const cli = join(dist, 'cli')

const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
}

await build({
  ...options,
  entryPoints: [join(cli, 'code.js')],
  // Two levels below the package, as all of dist: paths to its data are told from there.
  outfile: join(cli, scriptName),
  format: 'cjs',
  charset: 'ascii',
  minifyWhitespace: true,
  legalComments: 'linked',
  define: {
    bundledCode: JSON.stringify(await codeHash(dist, '.js')),
    'import.meta.url': urlName,
  },
})

// Where a process and a thread begin.
await build({
  ...options,
  entryPoints: [join(cli, 'main.js'), join(cli, 'worker.js')],
  outdir: cli,
  allowOverwrite: true,
  format: 'esm',
  minifySyntax: true,
  define: { isBundled: 'true' },
})

// npm makes it so when it links it, and does not look again when it was built anew.
chmodSync(join(cli, 'main.js'), 0o755)

const { status, stderr } = spawnSync(
  process.execPath,
  ['--import', 'tsx', resolve('scripts', 'compile-code.ts')],
  { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
)
if (status !== 0) throw new Error(`the script was not compiled: ${stderr}`)

// The kernel's side of the eBPF sensor is loaded as it is.
const objects = join('src', 'sensors', 'ebpf')
mkdirSync(join(dist, 'sensors', 'ebpf'), { recursive: true })
for (const name of readdirSync(objects)) {
  if (!name.endsWith('.bpf.o')) continue
  copyFileSync(join(objects, name), join(dist, 'sensors', 'ebpf', name))
}
