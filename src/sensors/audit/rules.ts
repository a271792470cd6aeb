// Rules of audit for the time of a watch: under a key of their own, by which they are removed, whatever ends the sensor. What of the kernel's
// settings was changed is set back.
// Source: auditctl(8).
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

import { startOf } from '../linux/process-view.ts'
import { Keeper } from '../keeper.ts'
import type { AuditState } from './messages.ts'

export interface RulesAsked {
  /** Of auditctl, each with a key. */
  readonly lines: readonly string[]
  /** Only what who logged in as this user does. */
  readonly loginUser?: number | undefined
}

/** Records that may wait in the kernel. */
const backlog = 8_192

export class AppliedRules {
  readonly key: string
  readonly #keeper: Keeper

  /** Throws where auditctl does not do it; what it did is undone. */
  constructor({ lines, loginUser }: RulesAsked, state: AuditState) {
    removeLeftOver()
    this.key = `ipcwatch-${process.pid}-${startOf(process.pid)}`
    const own = lines
      .filter(hasPlace)
      .map((line) => [...wordsOf(line, loginUser).slice(0, -1), this.key])
    // Nobody's call shall wait for who reads: what does not fit is lost, and counted.
    const back = [
      `-b ${state.backlogLimit}`,
      `--backlog_wait_time ${state.backlogWait}`,
      `-e ${state.isEnabled ? 1 : 0}`,
    ]
    const script = back.map((o) => `auditctl ${o}`).join('; ')
    this.#keeper = new Keeper(`auditctl -D -k "$1"; ${script}`, [this.key])
    auditctl('-b', String(Math.max(backlog, state.backlogLimit)))
    auditctl('--backlog_wait_time', '0')
    for (const rule of own) auditctl(...rule)
    if (!state.isEnabled) auditctl('-e', '1')
  }

  async remove(): Promise<void> {
    await this.#keeper.end()
  }
}

/** Of a line for auditctl, whose last word is its key. `loginUser`: only what who logged in as this user does. */
export function wordsOf(
  line: string,
  loginUser: number | undefined,
): readonly string[] {
  const words = line.split(/\s+/)
  if (loginUser === undefined) return words
  // A watch in its short form takes no user.
  const [flag, path = '', , access] = words
  const whole =
    flag === '-w'
      ? `-a always,exit -F ${kindOf(path)}=${path} -F perm=${access}`.split(' ')
      : words.slice(0, -2)
  return [...whole, '-F', `auid=${loginUser}`, ...words.slice(-2)]
}

/** What is watched may come later, but not the folder that it is to come to: auditctl refuses that. */
export function hasPlace(line: string): boolean {
  const [flag, path = ''] = line.split(/\s+/)
  return flag !== '-w' || existsSync(dirname(path))
}

function kindOf(path: string): 'dir' | 'path' {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isDirectory() ? 'dir' : 'path'
}

function auditctl(...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('auditctl', args, {
    encoding: 'utf8',
  })
  if (status === 0) return stdout
  const why = error?.message ?? stderr.trim().split('\n')[0]
  throw new Error(`auditctl ${args.join(' ')}: ${why}`)
}

/** Of sensors that are gone, and whose keeper is as well. */
function removeLeftOver(): void {
  const keys = new Set(
    [...auditctl('-l').matchAll(/ipcwatch-(\d+)-(\d+)/g)]
      .filter(([, pid, start]) => startOf(Number(pid)) !== Number(start))
      .map(([key]) => key),
  )
  for (const key of keys) auditctl('-D', '-k', key)
}
