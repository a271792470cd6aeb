// Makes sure that the tests of reports find a browser: on Debian and its like it installs Chromium where it is missing. Elsewhere, and without root or sudo,
// it says so, and those tests say that they were skipped.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { chromium } from '../test/tools/browser.ts'

if (chromium()) console.log(`browser: ${chromium()}`)
else if (!existsSync('/etc/debian_version')) {
  console.log(
    'browser: none, and this is no Debian machine: tests of reports in a browser will be skipped',
  )
} else install()

function install(): void {
  const isRoot = process.getuid?.() === 0
  const hasSudo = spawnSync('sudo', ['-n', 'true']).status === 0
  if (!isRoot && !hasSudo) {
    console.log(
      'browser: none, and neither root nor sudo to install one: tests of reports in a browser will be skipped',
    )
    return
  }
  const [program, ...before] = isRoot ? ['apt-get'] : ['sudo', 'apt-get']
  const call = (...args: string[]) =>
    execFileSync(program!, [...before, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  try {
    call('-q', 'update')
    call('-q', '-y', 'install', '--no-install-recommends', 'chromium')
    console.log(`browser: ${chromium() ?? 'none'}`)
  } catch (error) {
    console.log(
      `browser: could not be installed (${(error as Error).message}): tests of reports in a browser will be skipped`,
    )
  }
}
