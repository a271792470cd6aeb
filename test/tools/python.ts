// A Python in which the validators of other projects are, where there is one: `scripts/test-python.ts` makes it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Beside what else is made for this machine alone. */
export const environment = join('node_modules', '.cache', 'ipcwatch-python')

/** The first Python that has these modules; undefined: none has. */
export function pythonWith(...modules: readonly string[]): string | undefined {
  const places = [
    process.env.IPCWATCH_PYTHON ?? '',
    join(environment, 'bin', 'python'),
    'python3',
  ]
  const imports = modules.map((m) => `import ${m}`).join('\n')
  return places.find(
    (place) => place !== '' && spawnSync(place, ['-c', imports]).status === 0,
  )
}
