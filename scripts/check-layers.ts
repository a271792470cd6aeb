// Who may import whom. A file imports from its own folder or from a lower floor: never sideways, never up; no circles,
// types included. Node's I/O modules only where I/O belongs.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** Ground first. Folders on one floor do not know each other. */
const floors: readonly (readonly string[])[] = [
  ['base'],
  ['scripts'],
  ['event', 'readers'],
  ['sensors', 'normalise', 'ir'],
  ['meaning', 'rule-text'],
  ['lint'],
  ['languages/sigma', 'languages/spl', 'enrich', 'executors', 'posture'],
  ['findings'],
  ['content'],
  ['app'],
  ['cli'],
]

/** The only places that may touch files, processes, threads or the network. A trailing slash means the folder. */
const mayDoIo: readonly string[] = [
  'readers/source.ts',
  'readers/split-file.ts',
  'readers/walk.ts',
  'sensors/',
  'findings/sinks/',
  'content/cache.ts',
  'content/code-version.ts',
  'content/lookups.ts',
  'content/places.ts',
  'content/make-folder.ts',
  'readers/regular-file.ts',
  'content/rule-files.ts',
  'content/attack.ts',
  'content/visibility.ts',
  'app/',
  'cli/',
]

/** Pure parts of Node: no I/O, no clock. */
const pureModules = new Set([
  'node:zlib',
  'node:crypto',
  'node:buffer',
  'node:util',
])

const root = resolve('src')
const problems: string[] = []
const imports = new Map<string, string[]>()

for (const file of sourceFiles(root)) {
  const path = relative(root, file).replaceAll('\\', '/')
  const text = readFileSync(file, 'utf8')
  const targets: string[] = []
  for (const [, specifier] of text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'/g,
  )) {
    checkImport(path, specifier!, targets)
  }
  for (const [, specifier] of text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)) {
    checkImport(path, specifier!, targets)
  }
  imports.set(path, targets)
}
findCircles()
findEmpty()

for (const p of problems) console.error(p)
console.log(
  `layers: ${imports.size} files, ${[...imports.values()].flat().length} imports, ${problems.length} problems`,
)
process.exit(problems.length ? 1 : 0)

function checkImport(path: string, specifier: string, targets: string[]) {
  if (specifier.startsWith('node:')) {
    const allowed =
      pureModules.has(specifier) || mayDoIo.some((p) => path.startsWith(p))
    if (!allowed)
      problems.push(
        `${path}: imports ${specifier}, but I/O is not its business`,
      )
    return
  }
  if (!specifier.startsWith('.')) return
  const target = relative(
    root,
    resolve(root, dirname(path), specifier),
  ).replaceAll('\\', '/')
  targets.push(target)
  if (target.startsWith('..')) return
  const from = placeOf(path)
  const to = placeOf(target)
  if (!from)
    problems.push(`${path}: stands on no floor of scripts/check-layers.ts`)
  if (!from || !to || from.folder === to.folder || to.floor < from.floor) return
  problems.push(
    `${path}: imports ${target} (${from.folder} may not know ${to.folder})`,
  )
}

function placeOf(path: string): { folder: string; floor: number } | undefined {
  for (const [floor, folders] of floors.entries()) {
    const folder = folders.find((f) => path.startsWith(`${f}/`))
    if (folder) return { folder, floor }
  }
  return undefined
}

/** What is listed and not there says nothing. */
function findEmpty() {
  const paths = [...imports.keys()]
  for (const place of [...floors.flat().map((f) => `${f}/`), ...mayDoIo]) {
    if (!paths.some((p) => p.startsWith(place)))
      problems.push(`scripts/check-layers.ts: there is no ${place}`)
  }
}

function findCircles() {
  const state = new Map<string, 'open' | 'done'>()
  const visit = (path: string, trail: readonly string[]) => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      problems.push(
        `circle: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`,
      )
      return
    }
    state.set(path, 'open')
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of imports.keys()) visit(path, [])
}

function* sourceFiles(dir: string): Generator<string> {
  for (const entry of readdirSync(dir).sort()) {
    const path = join(dir, entry)
    if (statSync(path).isDirectory()) yield* sourceFiles(path)
    else if (path.endsWith('.ts') && !path.endsWith('.test.ts')) yield path
  }
}
