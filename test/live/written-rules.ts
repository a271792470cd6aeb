// The rules of audit that `rules coverage --write` makes, in force for a while, for one who logged in alone. The kernel's settings are found
// again as they were.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { hasPlace, wordsOf } from '../../src/sensors/audit/rules.ts'
import { Keeper } from '../../src/sensors/keeper.ts'

import { recordedUser } from './shell.ts'
import { cli } from '../tools/product.ts'

export class WrittenRules {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ipcwatch-rules-'))
  readonly #keeper: Keeper
  /** Rules that were written, and that the kernel lists. */
  readonly written: number
  readonly taken: number

  /** Throws where the kernel takes one not. */
  constructor() {
    const own = linesOf(writtenInto(this.#folder)).map((line) =>
      wordsOf(line, recordedUser).join(' '),
    )
    const load = this.#file('load', own)
    const take = this.#file(
      'take',
      own.map((line) => line.replace(/^-a/, '-d')),
    )
    const before = auditctl('-s')
    const was = (name: string) =>
      new RegExp(`^${name} (\\d+)`, 'm').exec(before)![1]!
    const back = [
      `auditctl -R ${take}`,
      `auditctl -b ${was('backlog_limit')}`,
      `auditctl --backlog_wait_time ${was('backlog_wait_time')}`,
      `auditctl -e ${was('enabled')}`,
      `rm -r ${this.#folder}`,
    ]
    this.#keeper = new Keeper(back.join('; '), [])
    auditctl('-b', '8192')
    auditctl('--backlog_wait_time', '0')
    auditctl('-R', load)
    auditctl('-e', '1')
    this.written = own.length
    this.taken = auditctl('-l').split(`auid=${recordedUser}`).length - 1
  }

  async end(): Promise<void> {
    await this.#keeper.end()
  }

  #file(name: string, lines: readonly string[]): string {
    const path = join(this.#folder, name)
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  }
}

/** Of a host that writes nothing yet. */
function writtenInto(folder: string): string {
  const args = ['rules', 'coverage', '--write', folder]
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return readFileSync(join(folder, 'ipc.rules'), 'utf8')
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((l) => /^-[aw] /.test(l) && hasPlace(l))
}

function auditctl(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('auditctl', args, {
    encoding: 'utf8',
  })
  if (status === 0) return stdout
  throw new Error(`auditctl ${args.join(' ')}: ${stderr}`)
}
