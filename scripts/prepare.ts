// Builds where what was built is older than what it is built from. npm asks for it at each install, and npx, which installs the folder that it
// stands in as a package of its own, once more. usage: tsx scripts/prepare.ts
import { execSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const sources = [
  'src',
  'scripts',
  'examples',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]
/** The last thing that a build writes. */
const last = join('dist', 'cli', 'ipcwatch.v8')

const built = statSync(last, { throwIfNoEntry: false })?.mtimeMs ?? 0
if (sources.some((path) => newest(path) > built))
  execSync('npm run build', { stdio: 'inherit' })

function newest(path: string): number {
  const stat = statSync(path)
  const below = stat.isDirectory() ? readdirSync(path) : []
  return below
    .map((name) => newest(join(path, name)))
    .reduce((a, b) => Math.max(a, b), stat.mtimeMs)
}
