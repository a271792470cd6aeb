// The kernel's auditing, heard beside whoever owns it: a multicast group of netlink gives every record. Without rules the kernel records
// little; they are another's, or are applied for the time of the sensor where that is asked for.
import { Recent } from '../../base/recent.ts'

import { missing } from '../linux/capabilities.ts'
import { Netlink, netlinkMessage } from '../linux/netlink.ts'
import { viewOf } from '../linux/process-view.ts'
import { native, nativeFailure } from '../native.ts'
import { isWithin } from '../scope.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import {
  AUDIT_GET,
  type AuditRecord,
  type AuditState,
  auditLine,
  auditState,
  numberIn,
} from './messages.ts'
import { AppliedRules } from './rules.ts'

const NETLINK_AUDIT = 9
const AUDIT_NLGRP_READLOG = 1
/** Milliseconds between two looks for records, and for the state. */
const pollMs = 10
const healthMs = 1_000
/** Milliseconds that the kernel takes at most to answer. */
const answerMs = 2_000
const maxEvents = 50_000
const maxDepth = 64

export const audit: Sensor = {
  name: 'audit',
  platform: 'linux',
  onlyNamed: true,
  sees: 'what rules of audit ask the kernel for: programs, sockets by path, FIFOs, ptrace, shared memory, files',
  probe,
  trial,
  async start(options) {
    const sensor = new Auditing(options)
    await sensor.begin()
    return sensor
  },
}

function probe(): Probe {
  const lacking = missing(['audit_read'])
  if (lacking) return { can: false, detail: `it needs ${lacking}` }
  if (!native()) return { can: false, detail: nativeFailure() }
  const detail =
    'records that rules ask for, beside auditd; --audit-rules apply brings them'
  return { can: true, detail }
}

function trial(): Probe {
  const first = probe()
  if (!first.can) return first
  try {
    new Netlink(NETLINK_AUDIT, AUDIT_NLGRP_READLOG).close()
    return first
  } catch (error) {
    return { can: false, detail: (error as Error).message }
  }
}

class Auditing implements RunningSensor {
  readonly #options: SensorOptions
  readonly #records = new Netlink(NETLINK_AUDIT, AUDIT_NLGRP_READLOG)
  /** undefined: CAP_AUDIT_CONTROL is missing, so the state is not known. */
  readonly #control: Netlink | undefined
  readonly #inScope = new Recent<boolean>(maxEvents)
  readonly #parents = new Recent<number>(maxEvents)
  readonly #timers: NodeJS.Timeout[] = []
  #rules: AppliedRules | undefined
  #state: AuditState | undefined
  #firstLost = 0
  #lost = 0
  #seen = 0
  #isEnding = false

  constructor(options: SensorOptions) {
    this.#options = options
    if (!missing(['audit_control']))
      this.#control = new Netlink(NETLINK_AUDIT, 0)
  }

  async begin(): Promise<void> {
    const before = await this.#ask()
    const { auditRules } = this.#options
    if (auditRules) {
      if (!before) throw new Error('rules need CAP_AUDIT_CONTROL')
      this.#rules = new AppliedRules(auditRules, before)
    }
    this.#state = await this.#ask()
    this.#firstLost = this.#state?.lost ?? 0
    this.#timers.push(
      setInterval(() => this.#read(), pollMs),
      setInterval(() => this.#request(), healthMs),
    )
  }

  counts(): SensorCounts {
    return { seen: this.#seen, dropped: this.#lost }
  }

  async stop(): Promise<void> {
    this.#isEnding = true
    for (const timer of this.#timers) clearInterval(timer)
    await this.#rules?.remove()
    this.#read()
    this.#records.close()
    this.#control?.close()
  }

  #request(): void {
    this.#control?.send(netlinkMessage(AUDIT_GET, Buffer.alloc(0)))
  }

  async #ask(): Promise<AuditState | undefined> {
    if (!this.#control) return undefined
    this.#request()
    for (const until = Date.now() + answerMs; Date.now() < until; ) {
      const [state] = this.#control
        .read()
        .datagrams.flatMap((d) => auditState(d) ?? [])
      if (state) return state
      await new Promise((done) => setTimeout(done, 5))
    }
    return undefined
  }

  #read(): void {
    const { datagrams, isLossy } = this.#records.read()
    for (const datagram of datagrams) {
      const record = auditLine(datagram)
      if (record) this.#meet(record)
    }
    if (isLossy) this.#dropped(1, 'the socket of the sensor was full')
    for (const answer of this.#control?.read().datagrams ?? []) {
      const state = auditState(answer)
      if (state) this.#checkState(state)
    }
  }

  #meet(record: AuditRecord): void {
    const { type, serial, text, line } = record
    if (type === 'SYSCALL') this.#inScope.set(serial, this.#isInScope(text))
    if (type === 'CONFIG_CHANGE') this.#checkChange(text)
    const isIn = this.#inScope.get(serial) ?? this.#options.scope.kind === 'all'
    if (!isIn) return
    this.#seen++
    this.#options.emitter.message(line)
  }

  /** Auditing knows no trees: parents are looked for, among those that records told of and in /proc. */
  #isInScope(text: string): boolean {
    const { scope } = this.#options
    const pid = numberIn(text, 'pid')
    const parent = numberIn(text, 'ppid')
    if (pid === process.pid) return false
    if (scope.kind === 'all' || pid === undefined) return true
    if (parent !== undefined) this.#parents.set(String(pid), parent)
    if (scope.kind === 'group')
      return isWithin(viewOf(pid)?.controlGroup, scope.path)
    let at: number | undefined = pid
    for (let i = 0; i < maxDepth && at; i++) {
      if (at === scope.pid) return true
      at = this.#parents.get(String(at)) ?? viewOf(at)?.ppid
    }
    return false
  }

  #checkChange(text: string): void {
    const { key } = this.#rules ?? {}
    if (this.#isEnding || key === undefined) return
    if (/op=remove_rule/.test(text) && text.includes(`key="${key}"`)) {
      const why = 'a rule of this sensor was removed'
      this.#tell('audit rules removed', 1, why)
    }
  }

  #checkState(now: AuditState): void {
    const before = this.#state
    this.#state = now
    if (!before) return
    if (before.isEnabled && !now.isEnabled)
      this.#tell('audit disabled', 1, 'auditing was switched off')
    if (before.owner !== now.owner) {
      const why = `records went to process ${before.owner}, now to ${now.owner}`
      this.#tell('audit owner changed', 1, why)
    }
    const more = now.lost - before.lost
    this.#lost = now.lost - this.#firstLost
    if (more > 0) this.#dropped(more, 'the backlog of the kernel was full')
  }

  #dropped(count: number, why: string): void {
    this.#tell('dropped', count, why)
  }

  #tell(
    kind: Parameters<SensorOptions['emitter']['health']>[0],
    count: number,
    detail: string,
  ): void {
    this.#options.emitter.health(kind, count, detail, Date.now())
  }
}
