// Who is at the other end of a UNIX socket? Asked of `ss` for the inodes that are wondered about, together and not too often; who holds an
// inode is remembered from what accepted it, and looked for in /proc where nobody told.
import { readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

import { Recent } from '../../base/recent.ts'
import { linkOf } from './process-view.ts'
import { openOf } from './processes.ts'
import { listUnixSockets, type UnixSocket } from './unix-sockets.ts'

export interface SocketEnds {
  readonly path: string
  readonly peerInode: string | undefined
  readonly peerPid: number | undefined
  /** User id of the file, where it is one that is there. */
  readonly owner: number | undefined
}

type Answer = (ends: SocketEnds | undefined) => void

/** Milliseconds within which questions are put together. */
const gatherMs = 100
const maxHolders = 50_000
/** Questions that wait; beyond, they are answered with what is known: nothing. */
const maxWaiting = 10_000

export class SocketLookup {
  readonly #holders = new Recent<number>(maxHolders)
  readonly #waiting: { readonly inode: string; readonly answer: Answer }[] = []
  #timer: NodeJS.Timeout | undefined

  /** This process has this end. */
  held(inode: string, pid: number): void {
    this.#holders.set(inode, pid)
  }

  /** `inode`: of the end that connected. undefined for an answer: it was gone before it could be asked for, or is no UNIX socket. */
  ask(inode: string, answer: Answer): void {
    if (this.#waiting.length < maxWaiting) {
      this.#waiting.push({ inode, answer })
      this.#timer ??= setTimeout(() => this.settle(), gatherMs)
    } else answer(undefined)
  }

  settle(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const asked = this.#waiting.splice(0)
    if (!asked.length) return
    const { sockets } = listUnixSockets()
    const byInode = new Map(sockets.map((s) => [s.inode, s]))
    const lacks = asked.some(({ inode }) => {
      const peer = byInode.get(inode)?.peer
      return peer !== undefined && this.#holders.get(peer) === undefined
    })
    if (lacks) this.#findHolders()
    for (const { inode, answer } of asked) {
      answer(this.#endsOf(byInode, inode))
    }
  }

  #endsOf(
    byInode: ReadonlyMap<string, UnixSocket>,
    inode: string,
  ): SocketEnds | undefined {
    const peerInode = byInode.get(inode)?.peer
    const peer = peerInode === undefined ? undefined : byInode.get(peerInode)
    const name = peer?.path
    if (peerInode === undefined || name === undefined) return undefined
    const peerPid = this.#holders.get(peerInode)
    const path = absolute(name, peerPid)
    return { path, peerInode, peerPid, owner: ownerOf(path) }
  }

  #findHolders(): void {
    for (const name of readdirSync('/proc')) {
      if (!/^\d{1,10}$/.test(name)) continue
      const pid = Number(name)
      for (const file of openOf(`/proc/${name}`, pid) ?? []) {
        if (file.kind === 'socket') this.#holders.set(file.id, pid)
      }
    }
  }
}

/** A server may bind a name in its own directory. */
export function absolute(name: string, pid: number | undefined): string {
  if (name.startsWith('/') || name.startsWith('@') || !pid) return name
  const folder = linkOf(`/proc/${pid}/cwd`)
  return folder === undefined ? name : resolve(folder, name)
}

export function ownerOf(path: string): number | undefined {
  if (!path.startsWith('/')) return undefined
  return statSync(path, { throwIfNoEntry: false })?.uid
}
