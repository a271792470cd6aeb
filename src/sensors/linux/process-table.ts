// Who does what a sensor tells of? Processes by pid: what /proc said when the sensor began, and what starts, forks and ends say since. What
// was dropped on the way is set right by /proc: an end that nobody told of leaves no ghost, and a pid that is used again no mistake.
import { readdirSync } from 'node:fs'

import type { RawFields } from '../raw-event.ts'
import { isWithin, type Scope } from '../scope.ts'
import {
  knowsLogins,
  type ProcessView,
  startOf,
  viewOf,
} from './process-view.ts'

/** Processes that are remembered. PID_MAX_LIMIT of a 64-bit kernel is four millions; nobody has them all. */
const maxProcesses = 200_000
/** Of those that ended, so that what they did last can still be told of. */
const maxEnded = 4_096

/** What a sensor knows of a program that was started. */
export interface Execed {
  /** Comes before what /proc says, where another program may be there already. */
  readonly known?: Partial<ProcessView>
  /** Where /proc says nothing any more. */
  readonly unseen?: Partial<ProcessView>
  /** /proc is not asked: the sensor knows all. */
  readonly isWhole?: true
}

/** What may change while a process runs one program, and what tells it from others. */
export type Identity = Pick<
  ProcessView,
  'ppid' | 'startTicks' | 'realUserId' | 'userId' | 'loginUserId'
>

export type Known = Partial<ProcessView> & { readonly pid: number }

export class ProcessTable {
  readonly #byPid = new Map<number, Known>()
  readonly #ended = new Map<number, Known>()
  readonly #inTree = new Set<number>()
  readonly #scope: Scope
  readonly #proc: string

  constructor(scope: Scope, proc = '/proc') {
    this.#scope = scope
    this.#proc = proc
    if (scope.kind === 'tree') this.#inTree.add(scope.pid)
  }

  get size(): number {
    return this.#byPid.size
  }

  /** All that are there now. */
  begin(): void {
    const views = this.#pids().flatMap((pid) => viewOf(pid, this.#proc) ?? [])
    for (const view of views) this.#keep(view)
    // Children may have smaller pids than their parents.
    for (let grown = true; grown; ) {
      grown = false
      for (const { pid, ppid } of views) {
        if (!this.#inTree.has(ppid) || this.#inTree.has(pid)) continue
        this.#inTree.add(pid)
        grown = true
      }
    }
  }

  /** `start`: of the child, where it is told. */
  forked(parent: number, child: number, start?: number): void {
    if (this.#inTree.has(parent)) this.#inTree.add(child)
    // What came behind it may have been told before it.
    const there = this.#byPid.get(child)
    if (start !== undefined && there?.startTicks === start) return
    this.#ended.delete(child)
    const { startTicks: _, ...same } = this.get(parent) ?? { pid: parent }
    const startTicks = start === undefined ? {} : { startTicks: start }
    this.#keep({ ...same, ...startTicks, pid: child, ppid: parent })
  }

  /** Of what it was before only who it is stays: its program is another. */
  execed(pid: number, { known = {}, unseen = {}, isWhole }: Execed = {}): void {
    const was = this.#byPid.get(pid) ?? (isWhole ? undefined : this.get(pid))
    const same = was && { ...was, image: undefined, commandLine: '' }
    const now = isWhole ? {} : dropUnknown(viewOf(pid, this.#proc) ?? {})
    const all = { ...same, ...dropUnknown(unseen), ...now }
    this.#keep({ ...all, ...dropUnknown(known), pid })
  }

  /** What it was. */
  exited(pid: number): Known | undefined {
    const was = this.#byPid.get(pid)
    if (!was) return undefined
    this.#byPid.delete(pid)
    this.#inTree.delete(pid)
    this.#ended.set(pid, was)
    if (this.#ended.size > maxEnded) {
      const [oldest] = this.#ended.keys()
      this.#ended.delete(oldest!)
    }
    return was
  }

  /** Who it is, told beside what it does: users change without a start. */
  known(pid: number, told: Identity): void {
    const was = this.#byPid.get(pid)
    const isSame =
      was?.startTicks === told.startTicks &&
      was.realUserId === told.realUserId &&
      was.userId === told.userId &&
      was.loginUserId === told.loginUserId
    if (!isSame) this.#keep({ ...this.get(pid), ...told, pid })
  }

  /** As it was told of, without a look at /proc. */
  imageOf(pid: number): string | undefined {
    return this.#byPid.get(pid)?.image
  }

  /** The processes of the scope, where that is a tree. */
  get tree(): readonly number[] {
    return [...this.#inTree]
  }

  get(pid: number): Known | undefined {
    const known = this.#byPid.get(pid) ?? this.#ended.get(pid)
    if (known) return known
    const view = viewOf(pid, this.#proc)
    if (view) this.#keep(view)
    return view
  }

  isInScope(pid: number): boolean {
    switch (this.#scope.kind) {
      case 'all':
        return true
      case 'tree':
        return this.#inTree.has(pid) || this.#isOfTree(pid)
      case 'group':
        return isWithin(this.get(pid)?.controlGroup, this.#scope.path)
    }
  }

  /** Whose fork was dropped is told by its parent. */
  #isOfTree(pid: number): boolean {
    if (this.#ended.has(pid)) return false
    const parent = this.get(pid)?.ppid
    if (parent === undefined || !this.#inTree.has(parent)) return false
    this.#inTree.add(pid)
    return true
  }

  /** Sets right what was dropped. */
  reconcile(): void {
    const there = new Set(this.#pids())
    for (const [pid, known] of this.#byPid) {
      if (!there.has(pid)) {
        this.exited(pid)
        continue
      }
      const start = startOf(pid, this.#proc)
      if (known.startTicks === undefined || start === undefined) continue
      // Clocks of a sensor and of /proc round differently.
      if (Math.abs(start - known.startTicks) <= 1) continue
      const view = viewOf(pid, this.#proc)
      if (view) this.#keep(view)
    }
    for (const pid of there) if (!this.#byPid.has(pid)) this.get(pid)
  }

  #pids(): number[] {
    return readdirSync(this.#proc)
      .filter((name) => /^\d{1,10}$/.test(name))
      .map(Number)
  }

  #keep(known: Known): void {
    if (this.#byPid.size >= maxProcesses && !this.#byPid.has(known.pid)) {
      const [oldest] = this.#byPid.keys()
      this.#byPid.delete(oldest!)
    }
    this.#byPid.set(known.pid, known)
  }
}

function dropUnknown(view: Partial<ProcessView>): Partial<ProcessView> {
  return Object.fromEntries(
    Object.entries(view).filter(([, v]) => v !== undefined && v !== ''),
  )
}

const actors = new WeakMap<Known, { parent: Known | undefined; text: string }>()

/** As raw events name a process, and the one that started it: members of a JSON object. The same text as long as nothing changes. */
export function actorMembers(table: ProcessTable, pid: number): string {
  const p = table.get(pid)
  if (!p) return ''
  const parent = p.ppid ? table.get(p.ppid) : undefined
  const known = actors.get(p)
  if (known && known.parent === parent) return known.text
  const members = {
    ppid: p.ppid,
    start: p.startTicks,
    comm: p.name,
    exe: p.image,
    cmdline: p.commandLine || undefined,
    uid: p.realUserId,
    euid: p.userId,
    auid: p.loginUserId ?? (knowsLogins ? undefined : null),
    container: p.container,
    cgroup: p.controlGroup,
    parent_start: parent?.startTicks,
    parent_exe: parent?.image,
    parent_cmdline: parent?.commandLine || undefined,
  }
  const text = JSON.stringify(members).slice(1, -1)
  actors.set(p, { parent, text })
  return text
}

/** The process at the other end of a socket. */
export function peerFields(
  table: ProcessTable,
  pid: number | undefined,
): RawFields {
  if (!pid) return {}
  const p = table.get(pid)
  return {
    peer_pid: pid,
    peer_start: p?.startTicks,
    peer_comm: p?.name,
    peer_exe: p?.image,
    peer_cmdline: p?.commandLine || undefined,
    peer_uid: p?.realUserId,
    peer_container: p?.container,
  }
}

/** The process that was reached into. */
export function targetFields(
  table: ProcessTable,
  pid: number | undefined,
): RawFields {
  if (!pid) return {}
  const p = table.get(pid)
  return {
    target_pid: pid,
    target_start: p?.startTicks,
    target_comm: p?.name,
    target_exe: p?.image,
    target_cmdline: p?.commandLine || undefined,
    target_uid: p?.realUserId,
    target_euid: p?.userId,
    target_container: p?.container,
  }
}
