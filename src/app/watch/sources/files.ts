// Which files are followed? What lies below the paths, looked for again and again: files come late, are renamed, emptied, packed, deleted.
// A file is told by device and inode, or by its bytes, never by its name alone.
import type { BigIntStats } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { isReadAsIs } from '../../../readers/containers/member-flow.ts'
import { fileMagic } from '../../../readers/evtx/layout.ts'
import { recogniseFormat } from '../../../readers/index.ts'
import { plainError } from '../../../readers/plain-error.ts'
import { readHead } from '../../../readers/split-file.ts'
import { Visited, walk } from '../../../readers/walk.ts'

import { expandPaths } from '../../reading/expand.ts'
import { EvtxLog } from './evtx-log.ts'
import { GrowingFile, type GrowingOptions } from './growing.ts'
import {
  mergedState,
  type Source,
  type SourceListener,
  type SourceState,
} from './source.ts'
import { StillFile } from './still-file.ts'
import { isPacked, unpackKnown, whatBegins } from './unpacked.ts'

/** Files that are followed at once. */
const maxFiles = 100_000
/** States that are kept of them, and of files that are gone. */
const maxStates = 2 * maxFiles

export interface FilesListener extends SourceListener {
  problem(message: string): void
}

export interface FilesOptions {
  readonly paths: readonly string[]
  /** A folder for what is unpacked. */
  readonly scratch: string
  /** Where another run was. */
  readonly known: readonly SourceState[]
  /** Keys of sources, all of the run. */
  readonly nextKey: () => number
}

export class Files {
  readonly #options: FilesOptions
  readonly #listener: FilesListener
  readonly #byIdentity = new Map<string, Source>()
  /** As of the last time that was kept: another file may go on where one of these is. */
  readonly #states = new Map<number, SourceState>()
  readonly #said = new Set<string>()
  #orphans: SourceState[] = []
  /** Paths that could not be read, or hold nothing, when they were looked for last. */
  unusable = 0

  constructor(options: FilesOptions, listener: FilesListener) {
    this.#options = options
    this.#listener = listener
    for (const state of options.known) this.#states.set(state.key, state)
  }

  get sources(): readonly Source[] {
    return [...this.#byIdentity.values()]
  }

  /** These states are kept: another run would go on there. */
  kept(states: readonly SourceState[]): void {
    for (const now of states) {
      const before = this.#states.get(now.key)
      if (before?.read && now.read && now.read.bytes < before.read.bytes) {
        this.#orphan(before)
      }
      this.#states.set(now.key, mergedState(now, before))
    }
  }

  /** To be kept with the others: states of bytes that left their file, and may turn up in another. */
  takeOrphans(): SourceState[] {
    const orphans = this.#orphans
    this.#orphans = []
    return orphans
  }

  #orphan(before: SourceState): void {
    const orphan = { ...before, key: this.#options.nextKey(), identity: '' }
    this.#orphans.push(orphan)
    this.#states.set(orphan.key, orphan)
    for (const key of this.#states.keys()) {
      if (this.#states.size <= maxStates) break
      this.#states.delete(key)
    }
  }

  /** Looks for files that are new, or have new names. */
  async look(): Promise<void> {
    const visited = new Visited()
    const present = new Set<string>()
    this.unusable = 0
    const unusable = (message: string) => {
      this.unusable++
      this.#say(message)
    }
    const paths = await expandPaths(this.#options.paths, unusable)
    for (const path of paths) {
      const report = (p: { file: string; message: string }) =>
        unusable(`${p.file}: ${p.message}`)
      for await (const file of walk(path, report, visited)) {
        if (file.same === undefined) await this.#meet(file.path, present, false)
      }
      for (const sibling of await siblingsOf(path)) {
        await this.#meet(sibling, present, true)
      }
    }
    await this.#forget(present)
  }

  async close(): Promise<void> {
    for (const source of this.#byIdentity.values()) await source.close()
  }

  async #meet(
    path: string,
    present: Set<string>,
    onlyKnown: boolean,
  ): Promise<void> {
    const stats = await stat(path, { bigint: true }).catch(() => undefined)
    if (!stats?.isFile()) return
    const identity = identityOf(stats, path)
    present.add(identity)
    const source = this.#byIdentity.get(identity)
    if (source) source.path = path
    else if (stats.size > 0n) await this.#begin(path, identity, onlyKnown)
  }

  async #begin(path: string, identity: string, onlyKnown: boolean) {
    if (this.#byIdentity.size >= maxFiles) {
      this.#say(`over ${maxFiles} files, "${path}" and others are not followed`)
      return
    }
    try {
      const source = await this.#sourceOf(path, identity, onlyKnown)
      if (source) this.#byIdentity.set(identity, source)
    } catch (error) {
      this.unusable++
      this.#say(`${path}: ${plainError(error)}`)
    }
  }

  async #sourceOf(
    path: string,
    identity: string,
    onlyKnown: boolean,
  ): Promise<Source | undefined> {
    const head = await readHead(path)
    const own = this.#ownState(identity)
    if (isPacked(head)) {
      const unpacked = await this.#unpacked(path, identity)
      if (unpacked || onlyKnown) return unpacked
    }
    const kind = kindOf(head, path)
    const from =
      kind === 'growing'
        ? await this.#goesOn(path, own)
        : own?.kind === kind
          ? own
          : undefined
    if (onlyKnown && !from) return undefined
    const key = from === own && own ? own.key : this.#options.nextKey()
    return openSource(
      kind,
      { key, path, identity, ...(from && { from }) },
      this.#listener,
    )
  }

  #ownState(identity: string): SourceState | undefined {
    for (const s of this.#states.values()) if (s.identity === identity) return s
    return undefined
  }

  /** The state that the bytes of this file go on from: its own, or that of another name of them. */
  async #goesOn(
    path: string,
    own: SourceState | undefined,
  ): Promise<SourceState | undefined> {
    return await whatBegins(path, [
      ...(own ? [own] : []),
      ...this.#longestFirst(),
    ])
  }

  async #unpacked(path: string, identity: string): Promise<Source | undefined> {
    const key = this.#options.nextKey()
    const opens = join(this.#options.scratch, `unpacked-${key}`)
    const from = await unpackKnown(path, opens, this.#longestFirst())
    if (!from) return undefined
    return new GrowingFile({ key, path, identity, opens, from }, this.#listener)
  }

  #longestFirst(): SourceState[] {
    return [...this.#states.values()]
      .filter((s) => s.read)
      .sort((a, b) => b.read!.bytes - a.read!.bytes)
  }

  /** What has no name any more is read to its end, then let go. */
  async #forget(present: ReadonlySet<string>): Promise<void> {
    for (const [identity, source] of this.#byIdentity) {
      if (present.has(identity)) continue
      if (source instanceof GrowingFile && source.behind > 0) continue
      await source.close()
      this.#byIdentity.delete(identity)
      await rm(join(this.#options.scratch, `unpacked-${source.key}`), {
        force: true,
      })
    }
  }

  #say(message: string): void {
    if (this.#said.has(message)) return
    if (this.#said.size < maxFiles) this.#said.add(message)
    this.#listener.problem(message)
  }
}

function openSource(
  kind: SourceState['kind'],
  options: GrowingOptions,
  listener: SourceListener,
): Source {
  switch (kind) {
    case 'growing':
      return new GrowingFile(options, listener)
    case 'evtx':
      return new EvtxLog(options, listener)
    case 'still':
      return new StillFile(options, listener)
  }
}

function kindOf(head: Buffer, path: string): SourceState['kind'] {
  if (head.subarray(0, fileMagic.length).equals(fileMagic)) return 'evtx'
  if (!isReadAsIs(head)) return 'still'
  const format = recogniseFormat(head, basename(path))
  return format?.read === 'whole' ? 'still' : 'growing'
}

function identityOf({ dev, ino }: BigIntStats, path: string): string {
  return ino === 0n ? path : `${dev}:${ino}`
}

/** What a log that is named itself is rotated to: `audit.log` -> `audit.log.1`, `audit.log-20260101.gz`. */
async function siblingsOf(path: string): Promise<string[]> {
  const stats = await stat(path).catch(() => undefined)
  if (stats?.isDirectory()) return []
  const [folder, base] = [dirname(path), basename(path)]
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((n) => n.startsWith(`${base}.`) || n.startsWith(`${base}-`))
    .sort()
    .map((n) => join(folder, n))
}
