// Installs what tests need on Debian and its like, where it is missing. Elsewhere, and without root or sudo, it says so.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** `skipped`: which tests will say that they were. Gives whether it was installed. */
export function install(
  what: string,
  packages: readonly string[],
  skipped: string,
): boolean {
  const without = (why: string) => {
    console.log(`${what}: ${why}: ${skipped} will be skipped`)
    return false
  }
  if (!existsSync('/etc/debian_version'))
    return without('none, and this is no Debian machine')
  const isRoot = process.getuid?.() === 0
  const hasSudo = spawnSync('sudo', ['-n', 'true']).status === 0
  if (!isRoot && !hasSudo)
    return without('none, and neither root nor sudo to install it')
  const [program, ...before] = isRoot ? ['apt-get'] : ['sudo', 'apt-get']
  const call = (...args: string[]) =>
    execFileSync(program!, [...before, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  try {
    call('-q', 'update')
    call('-q', '-y', 'install', '--no-install-recommends', ...packages)
    return true
  } catch (error) {
    return without(`could not be installed (${(error as Error).message})`)
  }
}
